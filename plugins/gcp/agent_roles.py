"""Roles that Google made for its own agents, and that administer, or act as service accounts, if people are given them.

By the permissions of Google's predefined roles (https://cloud.google.com/iam/docs/roles-permissions), as the public
iam-dataset lists them in 2026.
Agents hold them in each project: only of somebody else they say that he is an administrator.
"""

__all__ = ["AGENTS_ACT", "AGENTS_ADMINISTER"]

_ADMINISTER = """
appengineflex.serviceAgent firebase.managementServiceAgent gkehub.crossProjectServiceAgent
krmapihosting.anthosApiEndpointServiceAgent privilegedaccessmanager.projectServiceAgent
privilegedaccessmanager.serviceAgent
"""
AGENTS_ADMINISTER = frozenset(f"roles/{name}" for name in _ADMINISTER.split())
"""Those that set the IAM policy of a project."""
_ACT = """
aiplatform.colabServiceAgent aiplatform.customCodeServiceAgent aiplatform.extensionServiceAgent aiplatform.serviceAgent
apigateway.serviceAgent apigee.serviceAgent appengine.serviceAgent backupdr.serviceAgent batch.serviceAgent
bigquerycontinuousquery.serviceAgent bigquerydatatransfer.serviceAgent bigqueryspark.serviceAgent
cloudbuild.serviceAgent cloudconfig.serviceAgent clouddeploy.serviceAgent clouddeploymentmanager.serviceAgent
cloudfunctions.serviceAgent cloudscheduler.serviceAgent cloudtasks.serviceAgent cloudtpu.serviceAgent
composer.ServiceAgentV2Ext composer.serviceAgent compute.instanceGroupManagerServiceAgent compute.serviceAgent
configdelivery.serviceAgent connectors.serviceAgent container.serviceAgent dataflow.serviceAgent
datapipelines.serviceAgent dataplex.serviceAgent dataprep.serviceAgent dataproc.serviceAgent eventarc.serviceAgent
firebaseapphosting.serviceAgent firebasemods.serviceAgent gameservices.serviceAgent genomics.serviceAgent
hypercomputecluster.serviceAgent integrations.serviceAgent krmapihosting.serviceAgent lifesciences.serviceAgent
ml.serviceAgent notebooks.serviceAgent osconfig.serviceAgent pubsub.serviceAgent run.serviceAgent runapps.serviceAgent
securesourcemanager.serviceAgent securitycenter.securityResponseServiceAgent serverless.serviceAgent
sourcerepo.serviceAgent workflows.serviceAgent workstations.serviceAgent
"""
AGENTS_ACT = frozenset(f"roles/{name}" for name in _ACT.split())
"""Those that make keys or tokens of service accounts, sign or run for them, or set their policies."""
