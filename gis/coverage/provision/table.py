"""Every indicator, in the order of the report: what is divided by what, or which sites have a least, and the norm."""

from gis.coverage.provision.measures import Least, Measure, Rate
from layers.text import Text

_HOUSEHOLDS = "care_area_m2_per_100_households"


def _rate(
    param: str, label: Text, over: tuple[str, str], *, per: float = 1.0, unit: str = "", lacks: str = "m²"
) -> Rate:
    """Make a rate over people: ``over`` names what is divided by what."""
    return Rate(
        id=param,
        label=label,
        top=over[0],
        bottom=over[1],
        per=per,
        unit=unit,
        deficit_unit=lacks,
        param=param,
    )


def _of_quarters(age: str, label: Text) -> Rate:
    """Make the rate of care floor area in quarters that are new or existing."""
    return Rate(
        id=f"{_HOUSEHOLDS}_{age}",
        label=label,
        top=f"{age}_care_area_m2",
        bottom=f"{age}_households",
        per=100.0,
        unit="m²/百户",
        deficit_unit="m²",
        param=_HOUSEHOLDS,
        applies_to=f"{age}_quarter",
        paired=True,
    )


def _least(
    param: str, label: Text, sites: str, unit: str, *, applies_to: str = "", lacks: str | None = None
) -> Least:
    """Make the least of every site of a kind; what lacks is counted in the unit of the value when not said."""
    return Least(
        id=f"{param}_{applies_to}" if applies_to else param,
        label=label,
        unit=unit,
        deficit_unit=lacks or unit,
        param=param,
        applies_to=applies_to,
        sites=sites,
    )


MEASURES: tuple[Measure, ...] = (
    _rate("beds_per_1000_elderly", Text("每千名老人养老床位", "Care beds per 1,000 older people"),
          ("beds", "elderly"), per=1000.0, unit="张/千名老人", lacks="张"),
    Rate(id="nursing_bed_share", label=Text("护理型床位占比", "Share of nursing beds"), top="nursing_beds",
         bottom="beds_paired", unit="", deficit_unit="张", param="nursing_bed_share", paired=True),
    _rate("care_area_m2_per_1000_residents",
          Text("每千名常住人口养老设施建筑面积", "Care floor area per 1,000 residents"),
          ("area_m2", "residents"), per=1000.0, unit="m²/千人"),
    _rate("care_area_m2_per_elderly", Text("老人人均养老设施建筑面积", "Care floor area per older person"),
          ("area_m2", "elderly"), unit="m²/人"),
    _rate("care_land_m2_per_elderly", Text("老人人均养老设施用地", "Care land per older person"),
          ("land_m2", "elderly"), unit="m²/人"),
    _rate("care_land_m2_per_person", Text("常住人口人均养老设施用地", "Care land per resident"),
          ("land_m2", "residents"), unit="m²/人"),
    _of_quarters("new", Text("每百户养老用房：新建小区", "Care floor area per 100 households, new quarters")),
    _of_quarters("existing",
                 Text("每百户养老用房：已建小区", "Care floor area per 100 households, existing quarters")),
    Rate(id="care_area_share_of_floor",
         label=Text("新建小区养老用房占住宅建筑面积", "Care floor area over residential floor area, new quarters"),
         top="new_care_area_of_floor_m2", bottom="new_floor_m2", unit="", deficit_unit="m²",
         param="care_area_share_of_floor", applies_to="new_quarter", paired=True),
    _least("care_facilities_per_village_min",
           Text("最少的村有几处养老设施", "Care facilities of the village with fewest"),
           "facilities_of_villages", "处"),
    _least("care_home_floor_m2_per_bed",
           Text("每床建筑面积最小的养老机构", "Floor area per bed, care home with least"),
           "homes_area_per_bed", "m²/床", lacks="m²"),
    _least("care_site_area_m2_min", Text("最小的村居级养老设施", "Smallest community care site"),
           "community_area_m2", "m²"),
    _least("care_site_area_m2_min", Text("最小的镇街级养老中心", "Smallest care centre of a town"),
           "town_area_m2", "m²", applies_to="town"),
    _least("care_site_area_m2_min", Text("最小的村居级养老服务站", "Smallest community care station"),
           "community_area_m2", "m²", applies_to="community"),
    _least("care_site_area_m2_min", Text("最小的农村养老设施", "Smallest rural care site"),
           "rural_area_m2", "m²", applies_to="village"),
    _least("care_site_beds_min", Text("床位最少的农村养老设施", "Beds of the rural care site with fewest"),
           "rural_beds", "张", applies_to="village"),
    _least("care_site_land_mu_min", Text("占地最小的农村养老设施", "Land of the rural care site with least"),
           "rural_land_mu", "亩", applies_to="village"),
    _least("meal_point_diners_min", Text("餐位最少的助餐点", "Seats of the meal point with fewest"),
           "meal_point_seats", "个"),
    _least("shelter_capacity_min", Text("容量最小的县级避灾安置场所", "Capacity of the smallest county shelter"),
           "district_shelters", "人", applies_to="county"),
    _least("shelter_capacity_min", Text("容量最小的乡镇级避灾安置场所", "Capacity of the smallest town shelter"),
           "town_shelters", "人", applies_to="town"),
    _least("shelter_capacity_min", Text("容量最小的村级避灾安置场所", "Capacity of the smallest village shelter"),
           "village_shelters", "人", applies_to="village"),
)  # fmt: skip
"""Every indicator there is; a report holds those that say something without a norm, and those it has a norm for."""
