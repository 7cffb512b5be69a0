"""Small invented exports that the tests of the import path share."""

from __future__ import annotations

ORDERS = """Order ID,Line No,Order Date,Customer,Sales Rep,Product,Amount
O1,1,2026-03-02,宏远机电,李雷,Pump A,100.00
O1,2,2026-03-02,宏远机电,李雷,Valve B,40.25
O2,1,2026-03-13,蓝海食品,王芳,Valve B,50.50
"""
# O2 has grown, O3 is new.
ORDERS_LATER = """Order ID,Line No,Order Date,Customer,Sales Rep,Product,Amount
O2,1,2026-03-13,蓝海食品,王芳,Valve B,75.50
O3,1,2026-03-20,启明仪器,王芳,Pump A,10.00
"""
SHARED = """Order ID,Line No,Order Date,Sales Rep,Amount,Shared credit
O1,1,2026-03-02,李雷,100.00,李雷 60%; 王芳 40%
O2,1,2026-03-13,王芳,50.50,
"""
# The same line again, and nobody shares it any more.
UNSHARED = """Order ID,Line No,Order Date,Sales Rep,Amount
O1,1,2026-03-02,李雷,110.00
"""
DEALS = """Deal ID,Deal Name,Customer,Owner,Stage,Status,Amount,Created Date,Expected Close Date
D1,Pumps,宏远机电,李雷,Proposal,Open,1000,2026-01-02,2026-04-13
D2,Valves,蓝海食品,王芳,Won,Won,200,2026-01-05,2026-03-09
"""
DEALS_LATER = DEALS.replace("Proposal,Open,1000", "Won,Won,900").replace("04-13", "03-19")
TARGETS = """Period,Sales rep,Target
2026-03,李雷,1000
2026-03,王芳,2000
"""
REGISTER = """Product,Category,List price
GTX Pro,Pumps,120
Valve B,Valves,30
"""
MISSPELT = """Order ID,Line No,Order Date,Sales Rep,Product,Amount
O1,1,2026-03-02,李雷,GTXPro,100.00
O2,1,2026-03-03,王芳,GTX Pro,50.00
"""
