"""What each missing weakness of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.vulnerabilities.kinds import CodeWeakness, DependencyWeakness, HostWeakness, ImageWeakness
from soc2test_plugins.vulnerabilities.sarif import sarif
from soc2test_plugins.vulnerabilities.trivy import trivy

trivy.always(ImageWeakness, category="image")
trivy.always(HostWeakness, category="host")
trivy.always(DependencyWeakness, category="dependency")
sarif.always(CodeWeakness, category="code")
