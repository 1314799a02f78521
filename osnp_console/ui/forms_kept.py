"""The forms whose texts outlive the program, with what each is typed about.

A form that is not here is not kept: what stands in settings is typed beside nobody's call.
"""

from __future__ import annotations

from collections.abc import Mapping

from osnp_console.app.base.drafts import About

WHY_FORM, SLOT_FORM, OTHER_FORM = "transfert.motif", "transfert.creneau", "transfert.autre"
"""The sending panel: why in spite of the conditions, the slot as the line says it, why it came to nothing."""
REFUSAL_FORM, FAILURE_FORM, AGREED_FORM = "transferts.refus", "transferts.echec", "transferts.creneau"
"""The line's questions: why it refuses, why the transfer fails, the slot it agrees to."""
CALLER_FORM = "transferts.appelant"
"""Which SAS transferred a caller whom nobody announced."""
BIRTH_FORM, COMMUNE_FORM = "ordonnance.naissance", "ordonnance.commune"
"""What stands for a birth date or a commune in a prescription and is none yet."""
ASKED_FORMS = tuple(
    f"ordonnance.{asked}"
    for asked in ("renvoi", "annulation", "remplacement", "signature", "message", "envoi", "compte_rendu")
)
"""What is asked in place of a prescription: why it is sent back, cancelled, replaced, who, what came back."""
FORMS_KEPT: Mapping[str, About] = {
    WHY_FORM: About.CALL,
    SLOT_FORM: About.TRANSFER,
    OTHER_FORM: About.TRANSFER,
    REFUSAL_FORM: About.TRANSFER,
    FAILURE_FORM: About.TRANSFER,
    AGREED_FORM: About.TRANSFER,
    CALLER_FORM: About.DESK,
    BIRTH_FORM: About.DRAFT,
    COMMUNE_FORM: About.DRAFT,
    **dict.fromkeys(ASKED_FORMS, About.PRESCRIPTION),
}
