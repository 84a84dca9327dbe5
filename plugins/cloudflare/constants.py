"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others.

Whoever is taken out of an account goes from the list of its members (developers.cloudflare.com/api, Remove Member), and
no list tells of a member who is switched off.
"""

from soc2test_plugins.cloudflare.kinds import CloudflareMember
from soc2test_plugins.cloudflare.source import cloudflare

cloudflare.always(CloudflareMember, root=False, human=True, stays_listed=False)
