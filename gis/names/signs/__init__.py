"""Name signs and number plates held to the register of names, the streets and the clocks; and the work they need."""

from gis.names.signs.checking import check_signs
from gis.names.signs.limits import SignLimits
from gis.names.signs.orders import WorkOrder, work_orders
from gis.names.signs.reported import RULES

__all__ = ["RULES", "SignLimits", "WorkOrder", "check_signs", "work_orders"]
