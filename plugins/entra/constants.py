"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.entra.kinds import EntraAppCredential, EntraServicePrincipal, EntraUser
from soc2test_plugins.entra.source import entra

entra.always(EntraUser, root=False, human=True, stays_listed=False)  # deleted ones stand in a list of their own
entra.always(EntraServicePrincipal, root=False, human=False)
entra.always(EntraAppCredential, root=False)
