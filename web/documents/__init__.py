"""The documents a bureau produces from review cases and from the gazetteer, as .docx and .xlsx."""

from web.documents.making import DocumentKind, document, kinds
from web.documents.register import gazetteer_document

__all__ = ["DocumentKind", "document", "gazetteer_document", "kinds"]
