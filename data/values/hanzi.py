"""Traditional characters as the simplified ones that headers and words are kept in.

>>> simplified("訂單編號"), simplified("業務員")
('订单编号', '业务员')

Names of people, companies and products stay as they are written: only what is looked up passes
through here. The table holds the common characters whose simplified form the dictionaries use.
"""

from __future__ import annotations

_TRADITIONAL = (
    "丟並亞佔來係個備傚傢傳僅價億優儲內冊凍別刪創劃劉動務勝匯區協參叢吳呂員問啟喬單噸噹嚮嚴囌"
    "國圍園圓團執報場塊壓夢夥婁孫學宮實寧審寶將專尋對導層屬島崑崗嵐嶽師帳帶幣庫廈廠廢廣張彆彙"
    "後徑復態慶憑應戰戶採換摺據擬攜攤攬敗數於時暫曆曉書會東條棄棟楊業榮樂樑樓標樣樹橋機檔檢檯"
    "權歐歷歸氣決沒沖況淨減測湯準溝溫滬滿漢潔潛潤澤濛濟瀋瀾灣為無煙營爭爾牠牴狀獲現瑤瑩環產甦"
    "畢當痠療發監盤盧眾矇硃確碼礦禮稅種稱穀穩穫竇競筆箇範築簡簽籤粵糰紀約紅級紛紡細紹終組結絕"
    "絡給統經維網線編緩縣總績繆織繫續羅義習聞聯聶職肅脩臨臺與舊茲莊華菸萬葉蒐蓆蓋蔔蔣薑薦藍藥"
    "蘆蘇蘭處號術衛衝裝製複規視觀觸訂計討記訪設許註証評詞詢試話誌認說課調談請諮諸諾謙講謝證識"
    "譚譜議變讓貓負財貨責貴買貸費貿賀資賈賣質賬購贏趙車軟載輸轉辦農迴連週進遊運過達遞遠遲選遼"
    "邊郵鄉鄒鄧鄭醫釦銀銘銳銷鋪鋼錄錢錫錶鍵鍾鎊鎖鎮鏈鐘鐵長門閉開間閔閤闆關陝陳陸陽隊階際險離"
    "雲電靜鞏鞦韆韋韓頁項預領頻題額顏類顧顯風颱飲飾餘餽饒馬馮馳駁駱駿驗驟體髮鬍鬥魯鮑麥麴麵黃"
    "點黨齊齣龍龐龔"
)
_SIMPLIFIED = (
    "丢并亚占来系个备效家传仅价亿优储内册冻别删创划刘动务胜汇区协参丛吴吕员问启乔单吨当向严苏"
    "国围园圆团执报场块压梦伙娄孙学宫实宁审宝将专寻对导层属岛昆岗岚岳师帐带币库厦厂废广张别汇"
    "后径复态庆凭应战户采换折据拟携摊揽败数于时暂历晓书会东条弃栋杨业荣乐梁楼标样树桥机档检台"
    "权欧历归气决没冲况净减测汤准沟温沪满汉洁潜润泽蒙济沈澜湾为无烟营争尔它抵状获现瑶莹环产苏"
    "毕当酸疗发监盘卢众蒙朱确码矿礼税种称谷稳获窦竞笔个范筑简签签粤团纪约红级纷纺细绍终组结绝"
    "络给统经维网线编缓县总绩缪织系续罗义习闻联聂职肃修临台与旧兹庄华烟万叶搜席盖卜蒋姜荐蓝药"
    "芦苏兰处号术卫冲装制复规视观触订计讨记访设许注证评词询试话志认说课调谈请咨诸诺谦讲谢证识"
    "谭谱议变让猫负财货责贵买贷费贸贺资贾卖质账购赢赵车软载输转办农回连周进游运过达递远迟选辽"
    "边邮乡邹邓郑医扣银铭锐销铺钢录钱锡表键钟镑锁镇链钟铁长门闭开间闵合板关陕陈陆阳队阶际险离"
    "云电静巩秋千韦韩页项预领频题额颜类顾显风台饮饰余馈饶马冯驰驳骆骏验骤体发胡斗鲁鲍麦曲面黄"
    "点党齐出龙庞龚"
)
# For `str.translate`.
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a text with its traditional characters as simplified ones."""
    return text if text.isascii() else text.translate(SIMPLIFIED)
