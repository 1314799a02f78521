"""Identifiers of the SAS profiles and nomenclatures (SAS protocol note, sections 5.1, 5.3 and 10)."""

from __future__ import annotations

PS = "http://sas.fr/fhir/StructureDefinition"
SAS = "https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition"

PS_BUNDLE = f"{PS}/BundleAgregateur"
PS_SLOT = f"{PS}/FrSlotAgregateur"
SCHEDULE = f"{PS}/FrScheduleAgregateur"
PRACTITIONER = f"{PS}/FrPractitionerAgregateur"
ROLE = f"{PS}/FrPractitionerRoleExerciceAgregateur"
LOCATION = f"{PS}/FrLocationAgregateur"
CPTS_BUNDLE = f"{SAS}/sas-cpts-bundle-aggregator"
CPTS_SLOT = f"{SAS}/sas-cpts-slot-aggregator"
HEALTHCARE_SERVICE = f"{SAS}/sas-cpts-healthcareservice-aggregator"
CPTS_ORGANIZATION = f"{SAS}/sas-cpts-organization-aggregator"
SOS_BUNDLE = f"{SAS}/sas-sos-bundle-aggregator"
SOS_SLOT = f"{SAS}/sas-sos-slot-aggregator"
SOS_SCHEDULE = f"{SAS}/sas-sos-schedule-aggregator"
SOS_LOCATION = f"{SAS}/sas-sos-location-aggregator"
SOS_ORGANIZATION = f"{SAS}/sas-sos-organization-aggregator"
REGULATOR = f"{SAS}/FrPractitionerRegul"

PERSON_SYSTEM = "urn:oid:1.2.250.1.71.4.2.1"
STRUCTURE_SYSTEM = "urn:oid:1.2.250.1.71.4.2.2"
TECHNICAL_SYSTEM = "urn:oid:1.2.250.1.213.3.6"
EDITOR_SYSTEM = "https://editeur.simulateur.invalid"

PERSON_TYPES = "http://interopsante.org/fhir/CodeSystem/fr-v2-0203"
LOCATION_TYPES = "http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type"
TYPE_SPELLINGS = (
    PERSON_TYPES,
    LOCATION_TYPES,
    "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203",
    "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-location-identifier-type",
)

_NOS = "https://mos.esante.gouv.fr/NOS"
SLOT_TYPES = f"{_NOS}/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau"
SPECIALTIES = f"{_NOS}/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale"
CATEGORIES = f"{_NOS}/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement"
CATEGORY_SPELLINGS = (
    CATEGORIES,
    f"{_NOS}/TRE_R66-CategorieEtablissement/TRE_R66-CategorieEtablissement",
    f"{_NOS}/TRE_R66-CategorieEtablissement",
)
MODALITIES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
APPOINTMENT_KINDS = "http://terminology.hl7.org/CodeSystem/v2-0276"
CPTS_CODE = "604"
SERVICE_LINK = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType"
