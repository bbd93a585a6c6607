"""The edition for catalogues: ``dcat.jsonld`` (W3C DCAT 3), ``ckan.json`` (body of ``package_create``).

Addresses are relative to the catalogue until ``raw/konfigurasi/data_terbuka.yaml`` states where the files
will lie.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assets.publish.open_data import edition as editions
from assets.publish.open_data.edition import MEDIA_TYPES, Edition

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/id"
# What describes the files, in the folder above them.
DESCRIPTIONS = {
    "datapackage.json": "Isi tiap berkas: kolom, tipe, arti (Frictionless Data Package)",
    "metadata-statistik.json": "Metadata statistik MS-Keg, MS-Ind, MS-Var (Peraturan BPS 5/2020)",
}


def dcat(edition: Edition) -> dict[str, Any]:
    """A catalogue with one dataset a table, each with its distributions."""
    return {
        "@context": _CONTEXT,
        "@id": edition.address(Path("dcat.jsonld")),
        "@type": "dcat:Catalog",
        "dct:title": _said(editions.TITLE),
        "dct:publisher": _publisher(edition),
        "dct:license": {"@id": edition.terms.lisensi.alamat},
        "dct:language": {"@id": _LANGUAGE},
        "dct:modified": _moment(edition),
        "dcat:dataset": [_dataset(edition, name) for name in sorted(edition.tables)],
    }


def _dataset(edition: Edition, name: str) -> dict[str, Any]:
    own = edition.address(Path(f"dcat.jsonld#{name}"))
    said: dict[str, Any] = {
        "@id": own,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{edition.name}/{name}",
        "dct:title": _said(editions.title(name)),
        "dct:description": _said(editions.description(name)),
        "dct:publisher": _publisher(edition),
        "dct:license": {"@id": edition.terms.lisensi.alamat},
        "dct:accessRights": {"@id": _PUBLIC},
        "dct:language": {"@id": _LANGUAGE},
        "dct:modified": _moment(edition),
        "dct:bibliographicCitation": edition.citation,
        "dcat:keyword": [_said(word) for word in editions.KEYWORDS],
        "dct:spatial": [_place(edition, unit) for unit in sorted(edition.names)],
        "dcat:distribution": [_distribution(edition, own, form, path) for form, path in edition.files(name)],
    }
    if edition.years:
        first, last = edition.years
        said["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": f"{first}-01-01", "@type": "xsd:date"},
            "dcat:endDate": {"@value": f"{last}-12-31", "@type": "xsd:date"},
        }
    if edition.terms.kontak:
        said["dcat:contactPoint"] = {
            "@type": "vcard:Organization",
            "vcard:fn": edition.publisher,
            "vcard:note": edition.terms.kontak,
        }
    return said


def _distribution(edition: Edition, own: str, form: str, path: Path) -> dict[str, Any]:
    size, digest = edition.fingerprint(path)
    address = {"@id": edition.address(path)}
    return {
        "@id": f"{own}-{form}",
        "@type": "dcat:Distribution",
        "dct:title": _said(path.name),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA_TYPES[form]}"},
        "dct:license": {"@id": edition.terms.lisensi.alamat},
        "dcat:byteSize": {"@value": str(size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": digest, "@type": "xsd:hexBinary"},
        },
    }


def _place(edition: Edition, unit: str) -> dict[str, Any]:
    return {
        "@type": "dct:Location",
        "skos:prefLabel": _said(edition.names[unit]),
        "dct:identifier": [
            f"kemendagri:{unit}",
            *(f"bps:{c}" for u, c in edition.terms.kode_bps.items() if u == unit),
        ],
    }


def _publisher(edition: Edition) -> dict[str, Any]:
    return {"@type": "foaf:Organization", "foaf:name": edition.publisher}


def _said(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "id"}


def _moment(edition: Edition) -> dict[str, str]:
    return {"@value": edition.moment, "@type": "xsd:dateTime"}


def ckan(edition: Edition) -> dict[str, Any]:
    """One dataset with every file; ``owner_org`` is the portal's own and is added by who sends it."""
    years = edition.years
    extras = {
        "kode_kemendagri": sorted(edition.names),
        "kode_bps": {u: c for u, c in sorted(edition.terms.kode_bps.items()) if u in edition.names},
        "cakupan_waktu": f"{years[0]}-{years[1]}" if years else "",
        "diperbarui": edition.moment,
        "sitasi": edition.citation,
        "lisensi_spdx": edition.terms.lisensi.spdx,
        "dasar_hukum": "Perpres 39/2019; Peraturan BPS 5/2020",
    }
    return {
        "name": edition.name,
        "title": editions.TITLE,
        "notes": "Angka kinerja kantor kecamatan, dihitung dari berkasnya dan diperiksa. Hanya agregat.\n\n"
        + edition.citation,
        "license_id": edition.terms.lisensi.ckan,
        "author": edition.publisher,
        "maintainer": edition.terms.kontak or edition.publisher,
        "url": edition.terms.alamat or "",
        "version": edition.at.date().isoformat(),
        "private": False,
        "tags": [{"name": word} for word in editions.KEYWORDS],
        "extras": [{"key": k, "value": v if isinstance(v, str) else _json(v)} for k, v in extras.items()],
        "resources": [
            *(
                _resource(edition, name, form, path)
                for name in sorted(edition.tables)
                for form, path in edition.files(name)
            ),
            *(
                {
                    "name": file,
                    "description": text,
                    "url": edition.address(Path(file)),
                    "format": "JSON",
                    "mimetype": "application/json",
                }
                for file, text in DESCRIPTIONS.items()
            ),
        ],
    }


def _resource(edition: Edition, name: str, form: str, path: Path) -> dict[str, Any]:
    size, digest = edition.fingerprint(path)
    return {
        "name": f"{editions.title(name)} ({form.upper()})",
        "description": editions.description(name),
        "url": edition.address(path),
        "format": form.upper(),
        "mimetype": MEDIA_TYPES[form],
        "size": size,
        "hash": f"sha256:{digest}",
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
