"""Codes of districts and projects. OC4IDS 0.9.5 codes wherever the standard has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DistrictCode(models.TextChoices):
    GATE = "gate", "Gate"
    GOLDEN = "golden", "Golden"
    GROWING = "growing", "Growing"
    GREEN = "green", "Green"


class PlaceKind(models.TextChoices):
    SETTLEMENT = "settlement", _("settlement")
    CITY = "city", _("city")
    MICRODISTRICT = "microdistrict", _("microdistrict")
    STATION = "station", _("railway station")
    AIRFIELD = "airfield", _("airfield")
    RIVER = "river", _("river")
    RESERVOIR = "reservoir", _("reservoir")
    ROAD = "road", _("road")
    RAILWAY = "railway", _("railway")


class ProjectKind(models.TextChoices):
    ANCHOR = "anchor", _("anchor project")
    SOCIAL = "social", _("social facility")
    TOURISM = "tourism", _("tourism and recreation")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    PROSPECTIVE = "prospective", _("prospective project")


class ProjectType(models.TextChoices):
    """OC4IDS projectType."""

    CONSTRUCTION = "construction", _("construction")
    REHABILITATION = "rehabilitation", _("rehabilitation")
    REPLACEMENT = "replacement", _("replacement")
    EXPANSION = "expansion", _("expansion")
    DECOMMISSIONING = "decommissioning", _("decommissioning")


class ProjectStatus(models.TextChoices):
    """OC4IDS projectStatus."""

    IDENTIFICATION = "identification", _("identification")
    PREPARATION = "preparation", _("preparation")
    IMPLEMENTATION = "implementation", _("implementation")
    COMPLETION = "completion", _("completion")
    MAINTENANCE = "maintenance", _("maintenance")
    DECOMMISSIONING = "decommissioning", _("decommissioning")
    DECOMMISSIONED = "decommissioned", _("decommissioned")
    CANCELLED = "cancelled", _("cancelled")


class Sector(models.TextChoices):
    """OC4IDS projectSector, the codes that the city's projects use or will."""

    EDUCATION = "education", _("education")
    HEALTH = "health", _("health")
    ENERGY = "energy", _("energy")
    COMMUNICATIONS = "communications", _("communications")
    WATER_AND_WASTE = "waterAndWaste", _("water and waste")
    GOVERNANCE = "governance", _("public administration")
    ECONOMY = "economy", _("economy")
    CULTURE_SPORTS_RECREATION = "cultureSportsAndRecreation", _("culture, sports and recreation")
    TRANSPORT = "transport", _("transport")
    TRANSPORT_AIR = "transport.air", _("air transport")
    TRANSPORT_WATER = "transport.water", _("water transport")
    TRANSPORT_RAIL = "transport.rail", _("rail transport")
    TRANSPORT_ROAD = "transport.road", _("road transport")
    TRANSPORT_URBAN = "transport.urban", _("urban transport")
    SOCIAL_HOUSING = "socialHousing", _("social housing")
    NATURAL_RESOURCES = "naturalResources", _("natural resources")


S = ProjectStatus
#: The whole life of a project. A move that is not here is forbidden.
PROJECT_MOVES: dict[str, set[str]] = {
    S.IDENTIFICATION: {S.PREPARATION, S.CANCELLED},
    S.PREPARATION: {S.IMPLEMENTATION, S.IDENTIFICATION, S.CANCELLED},
    S.IMPLEMENTATION: {S.COMPLETION, S.CANCELLED},
    S.COMPLETION: {S.MAINTENANCE, S.CANCELLED},
    S.MAINTENANCE: {S.DECOMMISSIONING},
    S.DECOMMISSIONING: {S.DECOMMISSIONED},
    S.DECOMMISSIONED: set(),
    S.CANCELLED: set(),
}
#: A project may be known first in any of these, with its basis.
PROJECT_FIRST = [S.IDENTIFICATION, S.PREPARATION, S.IMPLEMENTATION, S.COMPLETION]


class PublicationState(models.TextChoices):
    """Where an object stands on its way to the public; `ready` of a public one: its changes are."""

    INTERNAL = "internal", _("not published")
    READY = "ready", _("ready, waits for a second person")
    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("taken down")


P = PublicationState
PUBLICATION_MOVES: dict[str, set[str]] = {
    P.INTERNAL: {P.READY, P.UNPUBLISHED},
    P.READY: {P.INTERNAL, P.PUBLISHED, P.UNPUBLISHED},
    P.PUBLISHED: {P.READY, P.UNPUBLISHED},
    P.UNPUBLISHED: {P.READY},
}
#: What the load published is published without anybody's doing.
PUBLICATION_FIRST = [P.INTERNAL, P.READY, P.PUBLISHED]


class PartyRole(models.TextChoices):
    """What an organisation is to a project; OC4IDS partyRole where it has the code."""

    INVESTOR = "investor", _("investor")
    DEVELOPER = "developer", _("developer")
    DESIGNER = "designer", _("designer")
    GENERAL_CONTRACTOR = "general_contractor", _("general contractor")
    ARCHITECT = "architect", _("architect")
    OPERATOR = "operator", _("operator")
    FUNDER = "funder", _("funder")
    PUBLIC_AUTHORITY = "public_authority", _("public authority")
    ADVISER = "adviser", _("adviser")


class MilestoneStatus(models.TextChoices):
    """OC4IDS milestoneStatus."""

    SCHEDULED = "scheduled", _("scheduled")
    MET = "met", _("met")
    NOT_MET = "notMet", _("not met")
    PARTIALLY_MET = "partiallyMet", _("partially met")


class MilestoneType(models.TextChoices):
    """OC4IDS milestoneType, the codes in use."""

    PRE_PROCUREMENT = "preProcurement", _("planning")
    APPROVAL = "approval", _("approval")
    DELIVERY = "delivery", _("delivery")
    FINANCING = "financing", _("financing")
    CONTRACT_CLOSE = "contractClose", _("contract close")


class MilestoneCode(models.TextChoices):
    """OC4IDS milestoneCode, the codes in use."""

    PROJECT_APPROVAL = "projectApproval", _("project approval")
    COMMERCIAL_CLOSE = "commercialClose", _("commercial close")
    FINANCIAL_CLOSE = "financialClose", _("financial close")
    COMMENCEMENT = "commencement", _("start of construction")
    COMPLETION = "completion", _("completion of construction")
    COMMISSIONING = "commissioning", _("commissioning")


class MoveReason(models.TextChoices):
    """Why a forecast moved."""

    SOURCE = "source", _("a source gives another date")
    LAND = "land", _("land")
    DESIGN = "design", _("design and expertise")
    UTILITIES = "utilities", _("utilities")
    FINANCE = "finance", _("finance")
    CONTRACTOR = "contractor", _("contractor")
    LEGAL = "legal", _("legal")
    CORRECTION = "correction", _("correction of a mistake")


class DocumentKind(models.TextChoices):
    """OC4IDS documentType, as far as the portal has such documents."""

    PROJECT_PLAN = "projectPlan", _("project plan")
    PROJECT_SCOPE = "projectScope", _("project scope")
    DESIGN = "designReport", _("design report")
    FEASIBILITY = "feasibilityStudy", _("feasibility study")
    MARKET = "marketStudies", _("market study")
    NEEDS = "needsAssessment", _("needs assessment")
    SPECIFICATIONS = "technicalSpecifications", _("technical specifications")
    ENVIRONMENT = "environmentalImpact", _("environmental impact")
    SOCIAL = "socialImpact", _("social impact")
    LAND = "landAndSettlementImpact", _("impact on land and settlements")
    CLIMATE = "climateMeasures", _("climate measures")
    POLICY = "policyAlignment", _("place among plans and policies")
    HEARING = "hearingNotice", _("notice of a public hearing")
    MINUTES = "minutes", pgettext_lazy("document", "minutes")
    CONTRACT = "contractSigned", _("signed contract")
    CONTRACT_SUMMARY = "contractSummary", _("contract summary")
    PROGRESS = "physicalProgressReport", _("report on physical progress")
    COMPLETION = "completionCertificate", _("completion certificate")
    ILLUSTRATION = "illustration", _("illustration")


class DocumentLanguage(models.TextChoices):
    """The language that a document is written in, called by its own name."""

    KAZAKH = "kk", "қазақша"
    RUSSIAN = "ru", "русский"
    ENGLISH = "en", "English"


class Measure(models.TextChoices):
    """What a figure measures. The unit stands in the figure."""

    AREA = "area", _("area")
    SITE_AREA = "site_area", _("site area")
    FLOOR_AREA = "floor_area", _("floor area")
    BUILDING_AREA = "building_area", _("building area")
    RETAIL_AREA = "retail_area", _("retail and entertainment area")
    HOUSING_AREA = "housing_area", _("planned housing")
    COMMERCIAL_AREA = "commercial_area", _("planned commercial space")
    HEIGHT = "height", _("height")
    SECOND_TOWER_HEIGHT = "second_tower_height", _("height of the second tower")
    FLOORS = "floors", _("floors")
    POPULATION = "population", _("population")
    PLANNED_POPULATION = "planned_population", _("planned population")
    PLANNED_POPULATION_2050 = "planned_population_2050", _("planned population, 2050")
    PLANNED_JOBS = "planned_jobs", _("planned jobs")
    JOBS = "jobs", _("permanent jobs")
    CONSTRUCTION_JOBS = "construction_jobs", _("construction jobs")
    PHYSICAL_PROGRESS = "physical_progress", _("physical progress")
    FINANCIAL_PROGRESS = "financial_progress", _("financial progress")
    SPENT = "spent", _("money spent")
    #: What is counted now, period by period: the three of the same kind above are promised.
    JOBS_CONSTRUCTION = "jobs_construction", _("people working on the construction")
    JOBS_PERMANENT = "jobs_permanent", _("permanent jobs created so far")
    JOBS_LOCAL = "jobs_local", _("jobs of local people so far")
    INVESTMENT = "investment", _("investment")
    CAPACITY_START = "capacity_start", _("capacity at the start")
    CAPACITY = "capacity", _("capacity")
    RAW_MATERIAL = "raw_material", _("raw material")
    VISITORS = "visitors", _("visitors a year")
    SEZ_AREA = "sez_area", _("area of the special economic zone")
    INVESTMENT_PROJECTS = "investment_projects", _("investment projects")
    INVESTMENT_PROJECTS_SUM = "investment_projects_sum", _("investment projects, sum")
    INVESTMENT_PROJECTS_ACTIVE = (
        "investment_projects_active",
        _("investment projects in active implementation"),
    )
    ROADMAP_STAGE_1 = "roadmap_stage_1", _("infrastructure projects, stage 1")
    ROADMAP_STAGE_1_SUM = "roadmap_stage_1_sum", _("infrastructure projects, stage 1, sum")
    ROADMAP_STAGE_2 = "roadmap_stage_2", _("infrastructure projects, stage 2")
    ROADMAP_STAGE_2_SUM = "roadmap_stage_2_sum", _("infrastructure projects, stage 2, sum")
    INFRASTRUCTURE_POOL_2050 = "infrastructure_pool_2050", _("infrastructure pool to 2050")
    INFRASTRUCTURE_POOL_2030 = "infrastructure_pool_2030", _("infrastructure pool to 2030")


class Unit(models.TextChoices):
    HECTARE = "ha", _("ha")
    SQUARE_METRE = "m2", _("m²")
    METRE = "m", _("m")
    FLOOR = "floor", pgettext_lazy("unit", "floors")
    PERSON = "person", _("people")
    JOB = "job", _("jobs")
    PROJECT = "project", pgettext_lazy("unit", "projects")
    TONNE_PER_YEAR = "t/year", _("t a year")
    PERSON_PER_YEAR = "person/year", _("people a year")
    MONEY = "money", _("money")
    PERCENT = "%", "%"


class ClaimField(models.TextChoices):
    """What a claim is about; the object is the row it belongs to."""

    STATUS = "status", _("status")
    LOCATION = "location", _("location")
    PROFILE = "profile", _("profile")
    DISTRICT = "district", _("district")
    IDENTITY = "identity", _("identity")
    FUNDING = "funding", _("funding")
    PARTIES = "parties", _("parties")
    SCHEDULE = "schedule", _("schedule")
    NAME = "name", _("name")
    COMPOSITION = "composition", _("composition")
    LEGAL_REGIME = "legal_regime", _("legal regime")
    WHY_HERE = "why_here", _("why here")
