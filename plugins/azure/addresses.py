"""Addresses as Azure's rules write them: ranges, service tags, and the words for all of them."""

from collections.abc import Iterable
from typing import Any

from soc2test import UnknownFact, text
from soc2test_plugins.networks import lets_in_world

__all__ = ["PROTOCOLS", "anybody_of", "ranges_of"]

PROTOCOLS = {
    **dict.fromkeys(("*", "any", "all"), "all"),
    **{protocol: protocol for protocol in ("ah", "esp", "icmp", "tcp", "udp")},
}
"""The API writes a star for all protocols, the portal "Any"."""
_EVERYTHING = ("*", "internet", "any", "0.0.0.0", "/0", "<nw>/0")  # noqa: S104  # read, not listened on
"""What stands for all addresses. Of the last three the CIS benchmark for Azure says so, and no machine has them."""
_CUSTOMERS = frozenset({"azurecloud", "appservice"})
"""Tags of addresses from which machines and applications of all of Azure's customers come."""
_LISTED = """
actiongroup apimanagement applicationinsightsavailability appconfiguration appservicemanagement
autonomousdevelopmentplatform azureactivedirectory azureactivedirectorydomainservices azureadvancedthreatprotection
azurearcinfrastructure azureattestation azurebackup azurebotservice azurecognitivesearch azureconnectors
azurecontainerappsservice azurecontainerregistry azurecosmosdb azuredatabricks azuredataexplorermanagement
azuredatalake azuredeviceupdate azuredevspaces azuredevops azuredigitaltwins azureeventgrid azurefrontdoor
azurehealthcareapis azureinformationprotection azureiothub azurekeyvault azureloadbalancer
azureloadtestinginstancemanagement azuremachinelearning azuremachinelearninginference azuremanagedgrafana
azuremonitor azureopendatasets azureplatformdns azureplatformimds azureplatformlkm azureresourcemanager
azuresentinel azuresignalr azuresiterecovery azuresphere azurespringcloud azurestack azuretrafficmanager
azureupdatedelivery azurewebpubsub batchnodemanagement chaosstudio cognitiveservicesfrontend
cognitiveservicesmanagement datafactory datafactorymanagement dynamics365formarketingemail
dynamics365businesscentral eopexternalpublishedips eventhub gatewaymanager guestandhybridmanagement hdinsight
kustoanalytics logicapps logicappsmanagement marketplace m365managementactivityapi
m365managementactivityapiwebhook microsoftazurefluidrelay microsoftcloudappsecurity microsoftcontainerregistry
microsoftdefenderforendpoint powerbi powerplatforminfra powerplatformplex powerqueryonline scuba serialconsole
servicebus servicefabric sql sqlmanagement storage storagesyncservice storagemover windowsadmincenter
windowsvirtualdesktop videoindexer virtualnetwork azure_loadbalancer virtual_network
"""
"""The service tags of https://learn.microsoft.com/azure/virtual-network/service-tags-overview: addresses of Azure's own
services and of the company's own networks; the last two as classic groups spell them."""
_TAGS = frozenset(_LISTED.split())


def anybody_of(told: Iterable[Any], *, tags: bool = True) -> bool:
    """Whether addresses, ranges and (with `tags`) service tags let anybody in, one of them or all together.

    Raises `UnknownFact` for what is none of these, and for tags of which nobody tells whose addresses they hold.
    """
    written = [text(each).strip() for each in told]
    if any(each.lower() in _EVERYTHING for each in written):
        return True
    doubt: UnknownFact | None = None
    ranges = []
    for each in written:
        if not tags or each[:1].isdigit() or ":" in each:
            ranges.append(each)
        elif doubt is None:
            doubt = _doubt(each)
    if lets_in_world(ranges):
        return True
    if doubt is not None:
        raise doubt
    return False


def _doubt(written: str) -> UnknownFact | None:
    """Why nobody tells whom a service tag lets in; None for one that is of services or of the company alone."""
    tag = written.lower().partition(".")[0]  # regions stand behind a dot
    if tag in _CUSTOMERS:
        return UnknownFact("world", f"the service tag {tag} holds addresses of all customers of Azure: name your own")
    if tag in _TAGS:
        return None
    return UnknownFact("world", "an address is neither a network nor a service tag that is known here")


def ranges_of(told: Iterable[str]) -> list[str]:
    """Those that are ranges; tags and words are judged by themselves."""
    return [each for each in told if each[:1].isdigit() or ":" in each]
