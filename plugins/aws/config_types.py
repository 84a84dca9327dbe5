"""The types of resources that AWS Config records, and what becomes of those that no reader of snapshots takes.

The names are those of `ResourceType` in the model of AWS Config (API version 2014-11-12) as botocore 1.44.8 carries it,
without "AWS::". A service that Config learns to record later is in none of these lists, and is a gap until it is.
"""

from collections.abc import Mapping

from soc2test import Credential, DataStore, Endpoint, Host, Resource

__all__ = ["others"]

LISTED_BY: Mapping[str, str] = {
    "AccessAnalyzer::Analyzer": "accessanalyzer list-analyzers",
    "Backup::BackupPlan": "backup list-backup-plans",
    "CloudTrail::Trail": "cloudtrail describe-trails",
    "CloudWatch::Alarm": "cloudwatch describe-alarms",
    "DynamoDB::Table": "dynamodb list-tables",
    "EC2::FlowLog": "ec2 describe-flow-logs",
    "EC2::Instance": "ec2 describe-instances",
    "EC2::PrefixList": "ec2 describe-managed-prefix-lists",
    "EC2::SnapshotBlockPublicAccess": "ec2 get-snapshot-block-public-access-state",
    "EC2::VPC": "ec2 describe-vpcs",
    "ElasticLoadBalancing::LoadBalancer": "elb describe-load-balancers",
    "ElasticLoadBalancingV2::Listener": "elbv2 describe-listeners",
    "ElasticLoadBalancingV2::LoadBalancer": "elbv2 describe-load-balancers",
    "Elasticsearch::Domain": "opensearch list-domain-names",
    "GuardDuty::Detector": "guardduty list-detectors",
    "IAM::Group": "iam get-account-authorization-details",
    "IAM::Policy": "iam get-account-authorization-details",
    "IAM::Role": "iam get-account-authorization-details",
    "KMS::Key": "kms list-keys",
    "OpenSearch::Domain": "opensearch list-domain-names",
    "RDS::DBCluster": "rds describe-db-clusters",
    "RDS::DBClusterSnapshot": "rds describe-db-cluster-snapshots",
    "RDS::DBSnapshot": "rds describe-db-snapshots",
    "RDS::GlobalCluster": "rds describe-db-clusters",
    "Redshift::Cluster": "redshift describe-clusters",
    "Redshift::ClusterParameterGroup": "redshift describe-cluster-parameters",
    "S3::AccountPublicAccessBlock": "s3control get-public-access-block",
    "SSM::ManagedInstanceInventory": "ssm describe-instance-information",
    "SSM::PatchCompliance": "ssm describe-instance-patch-states",
    "SecretsManager::Secret": "secretsmanager list-secrets",
    "SecurityHub::Standard": "securityhub get-enabled-standards",
}
"""Types that a call of their own lists and tells more of."""

STORES = """
AmazonMQ::Broker Backup::RecoveryPoint Bedrock::KnowledgeBase Cassandra::Keyspace CloudTrail::EventDataStore
CustomerProfiles::Domain EFS::FileSystem Events::Archive Forecast::Dataset HealthLake::FHIRDatastore
IoTAnalytics::Channel IoTAnalytics::Dataset IoTAnalytics::Datastore Kendra::Index Kinesis::Stream
KinesisVideo::Stream Lightsail::Bucket Lightsail::Disk M2::Environment MSK::Cluster MSK::ServerlessCluster
OpenSearchServerless::Collection Personalize::Dataset Pinpoint::App QLDB::Ledger Redshift::ClusterSnapshot
S3Express::DirectoryBucket S3Tables::TableBucket SES::ContactList SQS::Queue SageMaker::FeatureGroup
SageMaker::MlflowTrackingServer
"""
"""They hold data, and nothing here reads them."""

ENDPOINTS = """
Amplify::App ApiGateway::RestApi ApiGateway::Stage ApiGatewayV2::Api ApiGatewayV2::Stage AppRunner::Service
AppSync::GraphQLApi CloudFront::Distribution CloudFront::StreamingDistribution EC2::ClientVpnEndpoint
GlobalAccelerator::Listener Grafana::Workspace MediaPackageV2::OriginEndpoint Transfer::Server
"""
"""The outside reaches them, and nothing here reads them."""

HOSTS = """
Cloud9::EnvironmentEC2 EC2::RegisteredHAInstance
"""
"""Machines that the list of instances may not name."""

HOSTS_WITH_DISKS = """
AppStream::Fleet WorkSpaces::Workspace
"""
"""Desktops of people: machines with disks, which no list here names."""

CREDENTIALS = """
Location::APIKey
"""

WORKLOADS = """
Batch::ComputeEnvironment Batch::JobQueue BedrockAgentCore::Runtime ECS::Cluster ECS::Service ECS::TaskDefinition
ECS::TaskSet EKS::Addon EKS::Cluster EKS::FargateProfile EMRContainers::VirtualCluster EMRServerless::Application
ElasticBeanstalk::Environment Glue::Job KinesisAnalyticsV2::Application Lambda::Function StepFunctions::StateMachine
"""

ACCOUNTS = """
Cognito::IdentityPool Cognito::UserPool Cognito::UserPoolGroup Connect::User
"""

SETTINGS = """
ACM::Certificate ACMPCA::CertificateAuthority ACMPCA::CertificateAuthorityActivation APS::RuleGroupsNamespace
Amplify::Branch ApiGateway::Method ApiGateway::UsagePlan ApiGatewayV2::Integration AppConfig::Application
AppConfig::ConfigurationProfile AppConfig::DeploymentStrategy AppConfig::Environment AppConfig::Extension
AppConfig::ExtensionAssociation AppConfig::HostedConfigurationVersion AppFlow::Flow AppIntegrations::Application
AppIntegrations::EventIntegration AppMesh::GatewayRoute AppMesh::Mesh AppMesh::Route AppMesh::VirtualGateway
AppMesh::VirtualNode AppMesh::VirtualRouter AppMesh::VirtualService AppRunner::VpcConnector
AppStream::AppBlockBuilder AppStream::Application AppStream::DirectoryConfig AppStream::Stack
AppSync::ApiCache Athena::DataCatalog Athena::PreparedStatement Athena::WorkGroup AuditManager::Assessment
AutoScaling::AutoScalingGroup AutoScaling::LaunchConfiguration AutoScaling::ScalingPolicy
AutoScaling::ScheduledAction AutoScaling::WarmPool B2BI::Capability BCMDataExports::Export Backup::BackupSelection
Backup::BackupVault Backup::ReportPlan Backup::RestoreTestingPlan BackupGateway::Hypervisor Batch::SchedulingPolicy
Bedrock::ApplicationInferenceProfile Bedrock::Guardrail Bedrock::Prompt BedrockAgentCore::BrowserCustom
Budgets::BudgetsAction CleanRoomsML::TrainingDataset CloudFormation::GuardHook CloudFormation::LambdaHook
CloudFormation::Stack CloudFormation::StackSet CloudFront::KeyValueStore CloudFront::PublicKey
CloudFront::RealtimeLogConfig CloudWatch::MetricStream CodeArtifact::Domain CodeArtifact::Repository
CodeBuild::Project CodeBuild::ReportGroup CodeDeploy::Application CodeDeploy::DeploymentConfig
CodeDeploy::DeploymentGroup CodeGuruProfiler::ProfilingGroup CodeGuruReviewer::RepositoryAssociation
CodePipeline::Pipeline Cognito::UserPoolClient Comprehend::Flywheel Config::AggregationAuthorization
Config::ConformancePack Config::ConformancePackCompliance Config::ResourceCompliance Config::StoredQuery
Connect::Instance Connect::PhoneNumber Connect::QuickConnect Connect::Rule Connect::SecurityProfile
CustomerProfiles::ObjectType DMS::Certificate DMS::Endpoint DMS::EventSubscription DMS::ReplicationSubnetGroup
DataSync::Agent DataSync::LocationEFS DataSync::LocationFSxLustre DataSync::LocationFSxWindows
DataSync::LocationHDFS DataSync::LocationNFS DataSync::LocationObjectStorage DataSync::LocationS3
DataSync::LocationSMB DataSync::Task Deadline::Fleet Deadline::Monitor Deadline::QueueFleetAssociation
Detective::Graph DeviceFarm::InstanceProfile DeviceFarm::Project DeviceFarm::TestGridProject
EC2::CapacityReservation EC2::CarrierGateway EC2::ClientVpnTargetNetworkAssociation EC2::CustomerGateway
EC2::DHCPOptions EC2::EC2Fleet EC2::EIP EC2::EIPAssociation EC2::EgressOnlyInternetGateway EC2::Host EC2::IPAM
EC2::IPAMPool EC2::IPAMPoolCidr EC2::IPAMResourceDiscovery EC2::IPAMResourceDiscoveryAssociation EC2::IPAMScope
EC2::InstanceConnectEndpoint EC2::InternetGateway EC2::LaunchTemplate EC2::NatGateway EC2::NetworkAcl
EC2::NetworkInsightsAccessScope EC2::NetworkInsightsAccessScopeAnalysis EC2::NetworkInsightsAnalysis
EC2::NetworkInsightsPath EC2::NetworkInterface EC2::RouteTable EC2::SecurityGroupVpcAssociation EC2::SpotFleet
EC2::Subnet EC2::SubnetCidrBlock EC2::SubnetNetworkAclAssociation EC2::SubnetRouteTableAssociation
EC2::TrafficMirrorFilter EC2::TrafficMirrorSession EC2::TrafficMirrorTarget EC2::TransitGateway
EC2::TransitGatewayAttachment EC2::TransitGatewayConnect EC2::TransitGatewayMulticastDomain
EC2::TransitGatewayRouteTable EC2::VPCBlockPublicAccessExclusion EC2::VPCBlockPublicAccessOptions EC2::VPCEndpoint
EC2::VPCEndpointConnectionNotification EC2::VPCEndpointService EC2::VPCGatewayAttachment EC2::VPCPeeringConnection
EC2::VPNConnection EC2::VPNConnectionRoute EC2::VPNGateway EC2::VerifiedAccessInstance ECR::PublicRepository
ECR::PullThroughCacheRule ECR::RegistryPolicy ECR::ReplicationConfiguration ECR::Repository
ECR::RepositoryCreationTemplate ECS::CapacityProvider EFS::AccessPoint EKS::IdentityProviderConfig
EMR::SecurityConfiguration EMR::Studio ElasticBeanstalk::Application ElasticBeanstalk::ApplicationVersion
ElasticLoadBalancingV2::TargetGroup EntityResolution::IdMappingWorkflow EntityResolution::MatchingWorkflow
EntityResolution::SchemaMapping EventSchemas::Discoverer EventSchemas::Registry EventSchemas::RegistryPolicy
EventSchemas::Schema Events::ApiDestination Events::Connection Events::Endpoint Events::EventBus Events::Rule
Evidently::Launch Evidently::Project Evidently::Segment FIS::ExperimentTemplate Forecast::DatasetGroup
FraudDetector::EntityType FraudDetector::Label FraudDetector::Outcome FraudDetector::Variable GameLift::Build
GlobalAccelerator::Accelerator GlobalAccelerator::EndpointGroup Glue::Classifier Glue::Database Glue::MLTransform
GreengrassV2::ComponentVersion GroundStation::Config GroundStation::DataflowEndpointGroup
GroundStation::MissionProfile GuardDuty::Filter GuardDuty::IPSet GuardDuty::MalwareProtectionPlan
GuardDuty::ThreatIntelSet IAM::InstanceProfile IAM::OIDCProvider IAM::SAMLProvider IAM::ServerCertificate
IVS::Channel IVS::PlaybackKeyPair IVS::RecordingConfiguration ImageBuilder::ContainerRecipe
ImageBuilder::DistributionConfiguration ImageBuilder::ImagePipeline ImageBuilder::ImageRecipe
ImageBuilder::InfrastructureConfiguration ImageBuilder::LifecyclePolicy InspectorV2::Activation InspectorV2::Filter
IoT::AccountAuditConfiguration IoT::Authorizer IoT::CACertificate IoT::CustomMetric IoT::Dimension
IoT::DomainConfiguration IoT::FleetMetric IoT::JobTemplate IoT::MitigationAction IoT::Policy
IoT::ProvisioningTemplate IoT::RoleAlias IoT::ScheduledAudit IoT::SecurityProfile IoT::ThingGroup
IoTAnalytics::Pipeline IoTCoreDeviceAdvisor::SuiteDefinition IoTEvents::AlarmModel IoTEvents::DetectorModel
IoTEvents::Input IoTSiteWise::Asset IoTSiteWise::AssetModel IoTSiteWise::Dashboard IoTSiteWise::Gateway
IoTSiteWise::Portal IoTSiteWise::Project IoTTwinMaker::ComponentType IoTTwinMaker::Entity IoTTwinMaker::Scene
IoTTwinMaker::SyncJob IoTTwinMaker::Workspace IoTWireless::FuotaTask IoTWireless::MulticastGroup
IoTWireless::ServiceProfile KMS::Alias KafkaConnect::Connector KafkaConnect::CustomPlugin Kinesis::StreamConsumer
KinesisFirehose::DeliveryStream KinesisVideo::SignalingChannel Lambda::CodeSigningConfig Lex::Bot Lex::BotAlias
Lightsail::Certificate Lightsail::StaticIp Logs::Destination LookoutMetrics::Alert
LookoutVision::Project MSK::BatchScramSecret MSK::ClusterPolicy MSK::Configuration MSK::VpcConnection
MediaConnect::FlowEntitlement MediaConnect::FlowSource MediaConnect::FlowVpcInterface MediaConnect::Gateway
MediaPackage::PackagingConfiguration MediaPackage::PackagingGroup MediaPackageV2::Channel MediaTailor::LiveSource
MediaTailor::PlaybackConfiguration MemoryDB::SubnetGroup NetworkFirewall::Firewall NetworkFirewall::FirewallPolicy
NetworkFirewall::RuleGroup NetworkManager::ConnectPeer NetworkManager::CustomerGatewayAssociation
NetworkManager::Device NetworkManager::GlobalNetwork NetworkManager::Link NetworkManager::LinkAssociation
NetworkManager::Site NetworkManager::TransitGatewayPeering NetworkManager::TransitGatewayRegistration
OpenSearchServerless::SecurityConfig OpenSearchServerless::VpcEndpoint Organizations::OrganizationalUnit
PCAConnectorAD::Connector PCAConnectorAD::DirectoryRegistration Panorama::Package Personalize::DatasetGroup
Personalize::Schema Personalize::Solution Pinpoint::ApplicationSettings Pinpoint::Campaign Pinpoint::EmailChannel
Pinpoint::EmailTemplate Pinpoint::EventStream Pinpoint::InAppTemplate Pinpoint::Segment QuickSight::DataSource
QuickSight::Template QuickSight::Theme RDS::DBSecurityGroup RDS::DBSubnetGroup RDS::EventSubscription
RDS::Integration RDS::OptionGroup RUM::AppMonitor Redshift::ClusterSecurityGroup Redshift::ClusterSubnetGroup
Redshift::EndpointAccess Redshift::EndpointAuthorization Redshift::EventSubscription Redshift::Integration
Redshift::ScheduledAction ResilienceHub::App ResilienceHub::ResiliencyPolicy ResourceExplorer2::Index
RoboMaker::RobotApplication RoboMaker::RobotApplicationVersion RoboMaker::SimulationApplication
RolesAnywhere::Profile RolesAnywhere::TrustAnchor Route53::DNSSEC Route53::HostedZone Route53Profiles::Profile
Route53Profiles::ProfileAssociation Route53RecoveryControl::Cluster Route53RecoveryControl::ControlPanel
Route53RecoveryControl::RoutingControl Route53RecoveryControl::SafetyRule Route53RecoveryReadiness::Cell
Route53RecoveryReadiness::ReadinessCheck Route53RecoveryReadiness::RecoveryGroup
Route53RecoveryReadiness::ResourceSet Route53Resolver::FirewallDomainList Route53Resolver::FirewallRuleGroup
Route53Resolver::FirewallRuleGroupAssociation Route53Resolver::ResolverEndpoint
Route53Resolver::ResolverQueryLoggingConfig Route53Resolver::ResolverQueryLoggingConfigAssociation
Route53Resolver::ResolverRule Route53Resolver::ResolverRuleAssociation S3::AccessGrant S3::AccessGrantsInstance
S3::AccessGrantsLocation S3::AccessPoint S3::MultiRegionAccessPoint S3::StorageLens S3::StorageLensGroup
S3Express::BucketPolicy S3Tables::TableBucketPolicy SES::ConfigurationSet SES::DedicatedIpPool
SES::MailManagerTrafficPolicy SES::ReceiptFilter SES::ReceiptRuleSet SES::Template SNS::Topic
SSM::AssociationCompliance SSM::Document SSM::FileData SSM::ResourceDataSync SSMContacts::Contact
SSMIncidents::ResponsePlan SageMaker::AppImageConfig SageMaker::CodeRepository SageMaker::DataQualityJobDefinition
SageMaker::Domain SageMaker::Image SageMaker::InferenceExperiment SageMaker::Model
SageMaker::ModelBiasJobDefinition SageMaker::ModelExplainabilityJobDefinition SageMaker::ModelQualityJobDefinition
SageMaker::NotebookInstanceLifecycleConfig SageMaker::StudioLifecycleConfig SageMaker::UserProfile
SageMaker::Workteam SecretsManager::ResourcePolicy SecretsManager::RotationSchedule
ServiceCatalog::CloudFormationProduct ServiceCatalog::CloudFormationProvisionedProduct ServiceCatalog::Portfolio
ServiceDiscovery::HttpNamespace ServiceDiscovery::Instance ServiceDiscovery::PublicDnsNamespace
ServiceDiscovery::Service Shield::Protection ShieldRegional::Protection Signer::SigningProfile
StepFunctions::Activity Transfer::Agreement Transfer::Certificate Transfer::Connector Transfer::Profile
Transfer::Workflow WAF::RateBasedRule WAF::Rule WAF::RuleGroup WAF::WebACL WAFRegional::RateBasedRule
WAFRegional::Rule WAFRegional::RuleGroup WAFRegional::WebACL WAFv2::IPSet WAFv2::ManagedRuleSet
WAFv2::RegexPatternSet WAFv2::RuleGroup WAFv2::WebACL WorkSpaces::ConnectionAlias
XRay::EncryptionConfig
"""


def others() -> Mapping[str, str | tuple[type[Resource], ...]]:
    """The types that are known and not read, each with the reason or the kinds that it is a member of."""
    told: dict[str, str | tuple[type[Resource], ...]] = {
        name: f"`aws {call}` lists it" for name, call in LISTED_BY.items()
    }
    told |= dict.fromkeys(STORES.split(), (DataStore,))
    told |= dict.fromkeys(ENDPOINTS.split(), (Endpoint,))
    told |= dict.fromkeys(HOSTS.split(), (Host,))
    told |= dict.fromkeys(HOSTS_WITH_DISKS.split(), (Host, DataStore))
    told |= dict.fromkeys(CREDENTIALS.split(), (Credential,))
    told |= dict.fromkeys(WORKLOADS.split(), "it runs code, and no list of AWS that is read names workloads")
    told |= dict.fromkeys(ACCOUNTS.split(), "accounts of customers, not of those who work here")
    told |= dict.fromkeys(SETTINGS.split(), "a setting or a part of a service: no control asks for it")
    return {f"AWS::{name}": word for name, word in told.items()}
