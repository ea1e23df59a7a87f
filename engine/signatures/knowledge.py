"""What may be known about certificates without asking anybody."""

from asn1crypto import crl, ocsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import LocalKnowledge
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from engine.signatures.trust import Trust


def local_knowledge(reader: PdfFileReader, trust: Trust) -> LocalKnowledge:
    """What the file carries in its security store, and what lies beside our roots."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        store = DocumentSecurityStore(writer=None)
    answers = [ocsp.OCSPResponse.load(each.get_object().data) for each in store.ocsps]
    lists = [crl.CertificateList.load(each.get_object().data) for each in store.crls]
    return LocalKnowledge(
        known_ocsps=[each for answer in answers for each in OCSPContainer.load_multi(answer)],
        known_crls=[CRLContainer(each) for each in (*lists, *trust.crls)],
        known_certs=[*store.load_certs(), *trust.others],
    )
