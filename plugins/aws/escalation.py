"""The actions of AWS by which whoever holds them can give himself rights over everything, as data.

The methods are those of Rhino Security Labs ("AWS IAM privilege escalation methods and mitigation"), of the list of
Cloudsplaining and of pathfinding.cloud (DataDog), read in November 2026. Names of actions are in lower case: IAM
compares them without case.
"""

from typing import NamedTuple

__all__ = [
    "ACTIONS",
    "ASSUME",
    "BECOME",
    "GIVE_ELSEWHERE",
    "MAKE",
    "NEW_WITH_ROLE",
    "PASS_ROLE",
    "RUNS_AS",
    "STRENGTHEN",
    "UNBIND",
    "UPDATE_SAML",
    "PassMethod",
    "RunMethod",
]

ASSUME = "sts:assumerole"
PASS_ROLE = "iam:passrole"  # noqa: S105  # an action
UNBIND = {
    "user": ("iam:deleteuserpermissionsboundary", "iam:putuserpermissionsboundary"),
    "role": ("iam:deleterolepermissionsboundary", "iam:putrolepermissionsboundary"),
}
"""what takes away the boundary of one's own rights"""

STRENGTHEN = {
    "user": ("iam:putuserpolicy", "iam:attachuserpolicy"),
    "group": ("iam:putgrouppolicy", "iam:attachgrouppolicy"),
    "role": ("iam:putrolepolicy", "iam:attachrolepolicy"),
    "policy": ("iam:createpolicyversion", "iam:setdefaultpolicyversion"),
}
"""what is written to -> the actions that give it any right: enough where it is one's own"""

BECOME = {
    "user": ("iam:createaccesskey", "iam:createloginprofile", "iam:updateloginprofile"),
    "group": ("iam:addusertogroup",),
    "role": ("iam:updateassumerolepolicy",),
}
"""what is taken over -> the actions that do it: enough where it holds all rights"""

MAKE = {"user": "iam:createuser", "group": "iam:creategroup", "role": "iam:createrole"}
"""what is made anew -> the action: one's own where it can be given any right, and its place be taken"""

GIVE_ELSEWHERE = (
    "sso:createaccountassignment",
    "sso:associateprofile",
    "sso:attachmanagedpolicytopermissionset",
    "sso:attachcustomermanagedpolicyreferencetopermissionset",
    "sso:putinlinepolicytopermissionset",
    "sso:putpermissionspolicy",
    "sso-directory:addmembertogroup",
    "sso-directory:updatepassword",
    "identitystore:creategroupmembership",
)
"""in IAM Identity Center: who holds a permission set in an account, what it allows, who belongs to a group that does;
in the account that manages it for the organization, any account's rights can be had by each of them"""
UPDATE_SAML = "iam:updatesamlprovider"
"""whose answers are believed: whoever signs them takes on any role that trusts the provider"""


class PassMethod(NamedTuple):
    """With `iam:PassRole`: something new is made that runs as a role that trusts the service."""

    service: str
    steps: tuple[str, ...]


class RunMethod(NamedTuple):
    """Something that is there already, and runs as a role that trusts the service, is made to do one's work."""

    service: str
    steps: tuple[str, ...]


_EC2, _LAMBDA, _ECS = "ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"
_STACKS, _BUILDS, _GLUE = "cloudformation.amazonaws.com", "codebuild.amazonaws.com", "glue.amazonaws.com"
_SAGEMAKER, _BEDROCK = "sagemaker.amazonaws.com", "bedrock-agentcore.amazonaws.com"
_APPS, _PIPELINES, _STATES = "tasks.apprunner.amazonaws.com", "datapipeline.amazonaws.com", "states.amazonaws.com"

NEW_WITH_ROLE = (
    PassMethod(_EC2, ("ec2:runinstances",)),
    PassMethod(_EC2, ("ec2:requestspotinstances",)),
    PassMethod(_EC2, ("ec2:requestspotfleet",)),
    PassMethod(_EC2, ("ec2:associateiaminstanceprofile",)),
    PassMethod(_EC2, ("ec2:replaceiaminstanceprofileassociation",)),
    PassMethod(_EC2, ("autoscaling:createlaunchconfiguration", "autoscaling:createautoscalinggroup")),
    PassMethod(_EC2, ("autoscaling:createlaunchconfiguration", "autoscaling:updateautoscalinggroup")),
    PassMethod(_EC2, ("ec2:createlaunchtemplate", "autoscaling:createautoscalinggroup")),
    PassMethod(_LAMBDA, ("lambda:createfunction", "lambda:invokefunction")),
    PassMethod(_LAMBDA, ("lambda:createfunction", "lambda:createeventsourcemapping")),
    PassMethod(_LAMBDA, ("lambda:createfunction", "lambda:addpermission")),
    PassMethod(_LAMBDA, ("lambda:createfunction", "lambda:createfunctionurlconfig")),
    PassMethod(_LAMBDA, ("lambda:updatefunctionconfiguration", "lambda:updatefunctioncode")),
    PassMethod(_STACKS, ("cloudformation:createstack",)),
    PassMethod(_STACKS, ("cloudformation:updatestack",)),
    PassMethod(_STACKS, ("cloudformation:createchangeset", "cloudformation:executechangeset")),
    PassMethod(_STACKS, ("cloudformation:createstackset", "cloudformation:createstackinstances")),
    PassMethod(_STACKS, ("cloudformation:updatestackset",)),
    PassMethod(_GLUE, ("glue:createdevendpoint",)),
    PassMethod(_GLUE, ("glue:createjob", "glue:startjobrun")),
    PassMethod(_GLUE, ("glue:createjob", "glue:createtrigger")),
    PassMethod(_GLUE, ("glue:updatejob", "glue:startjobrun")),
    PassMethod(_GLUE, ("glue:updatejob", "glue:createtrigger")),
    PassMethod(_GLUE, ("glue:createsession", "glue:runstatement")),
    PassMethod(_SAGEMAKER, ("sagemaker:createnotebookinstance",)),
    PassMethod(_SAGEMAKER, ("sagemaker:createtrainingjob",)),
    PassMethod(_SAGEMAKER, ("sagemaker:createprocessingjob",)),
    PassMethod(_SAGEMAKER, ("sagemaker:createdomain", "sagemaker:createpresigneddomainurl")),
    PassMethod(_BUILDS, ("codebuild:createproject", "codebuild:startbuild")),
    PassMethod(_BUILDS, ("codebuild:createproject", "codebuild:startbuildbatch")),
    PassMethod(_BUILDS, ("codebuild:updateproject", "codebuild:startbuild")),
    PassMethod(_ECS, ("ecs:registertaskdefinition", "ecs:runtask")),
    PassMethod(_ECS, ("ecs:registertaskdefinition", "ecs:starttask")),
    PassMethod(_ECS, ("ecs:registertaskdefinition", "ecs:createservice")),
    PassMethod(_ECS, ("ecs:registertaskdefinition", "ecs:updateservice")),
    PassMethod(_ECS, ("ecs:runtask",)),
    PassMethod(_ECS, ("batch:registerjobdefinition", "batch:submitjob")),
    PassMethod(_PIPELINES, ("datapipeline:createpipeline", "datapipeline:putpipelinedefinition")),
    PassMethod(_EC2, ("elasticmapreduce:runjobflow",)),
    PassMethod("emr-serverless.amazonaws.com", ("emr-serverless:startjobrun",)),
    PassMethod(_EC2, ("elasticbeanstalk:createenvironment",)),
    PassMethod("gamelift.amazonaws.com", ("gamelift:createfleet",)),
    PassMethod("airflow-env.amazonaws.com", ("airflow:createenvironment",)),
    PassMethod(_STATES, ("states:createstatemachine", "states:startexecution")),
    PassMethod(_STATES, ("states:updatestatemachine", "states:startexecution")),
    PassMethod(_APPS, ("apprunner:createservice",)),
    PassMethod(_BEDROCK, ("bedrock-agentcore:createcodeinterpreter", "bedrock-agentcore:invokecodeinterpreter")),
    PassMethod(_BEDROCK, ("bedrock-agentcore:createagentruntime", "bedrock-agentcore:invokeagentruntime")),
    PassMethod(_BEDROCK, ("bedrock-agentcore:updateagentruntime",)),
    PassMethod("ssm.amazonaws.com", ("ssm:startautomationexecution",)),
    PassMethod("ssm.amazonaws.com", ("ssm:createactivation",)),  # for a machine of one's own
    PassMethod("pods.eks.amazonaws.com", ("eks:createpodidentityassociation",)),
    PassMethod("rolesanywhere.amazonaws.com", ("rolesanywhere:createtrustanchor", "rolesanywhere:createprofile")),
    PassMethod("scheduler.amazonaws.com", ("scheduler:createschedule",)),
    PassMethod("scheduler.amazonaws.com", ("scheduler:updateschedule",)),
    PassMethod("codepipeline.amazonaws.com", ("codepipeline:createpipeline",)),
    PassMethod("codepipeline.amazonaws.com", ("codepipeline:updatepipeline",)),
    PassMethod("codestar.amazonaws.com", ("codestar:createproject",)),
    PassMethod("codedeploy.amazonaws.com", ("codedeploy:createdeploymentgroup", "codedeploy:createdeployment")),
    PassMethod(
        "imagebuilder.amazonaws.com", ("imagebuilder:createworkflow", "imagebuilder:startimagepipelineexecution")
    ),
)

RUNS_AS = (
    RunMethod(_LAMBDA, ("lambda:updatefunctioncode",)),
    RunMethod(_LAMBDA, ("lambda:updatefunctionconfiguration",)),  # a layer runs before the function's own code
    RunMethod(_EC2, ("ssm:startsession",)),
    RunMethod(_EC2, ("ssm:sendcommand",)),
    RunMethod(_EC2, ("ssm:createassociation",)),
    RunMethod(_EC2, ("ssm:updateassociation",)),
    RunMethod(_EC2, ("ec2-instance-connect:sendsshpublickey",)),
    RunMethod(_EC2, ("ec2-instance-connect:sendserialconsolesshpublickey",)),
    RunMethod(_EC2, ("codedeploy:createdeployment",)),
    RunMethod(_EC2, ("elasticbeanstalk:updateenvironment",)),
    RunMethod(_EC2, ("elasticmapreduce:addjobflowsteps",)),
    RunMethod(_EC2, ("ec2:modifyinstanceattribute", "ec2:stopinstances", "ec2:startinstances")),
    RunMethod(_EC2, ("ec2:createlaunchtemplateversion", "ec2:modifylaunchtemplate")),
    RunMethod(_ECS, ("ecs:executecommand",)),
    RunMethod(_ECS, ("batch:submitjob",)),
    RunMethod(_STACKS, ("cloudformation:updatestack",)),
    RunMethod(_STACKS, ("cloudformation:updatestackset",)),
    RunMethod(_STACKS, ("cloudformation:createchangeset", "cloudformation:executechangeset")),
    RunMethod(_BUILDS, ("codebuild:startbuild",)),
    RunMethod(_BUILDS, ("codebuild:startbuildbatch",)),
    RunMethod(_GLUE, ("glue:updatedevendpoint",)),
    RunMethod(_GLUE, ("glue:updatejob", "glue:startjobrun")),
    RunMethod(_GLUE, ("glue:updatejob", "glue:createtrigger")),
    RunMethod(_GLUE, ("glue:runstatement",)),
    RunMethod(_SAGEMAKER, ("sagemaker:createpresignednotebookinstanceurl",)),
    RunMethod(_SAGEMAKER, ("sagemaker:createpresigneddomainurl",)),
    RunMethod(_SAGEMAKER, ("sagemaker:updatenotebookinstance", "sagemaker:startnotebookinstance")),
    RunMethod(_APPS, ("apprunner:updateservice",)),
    RunMethod(_BEDROCK, ("bedrock-agentcore:startcodeinterpretersession", "bedrock-agentcore:invokecodeinterpreter")),
    RunMethod(_BEDROCK, ("bedrock-agentcore:invokeagentruntimecommand",)),
    RunMethod(_STATES, ("states:updatestatemachine",)),
    RunMethod("pods.eks.amazonaws.com", ("eks:createaccessentry", "eks:associateaccesspolicy")),
)

ACTIONS = frozenset(
    [ASSUME, PASS_ROLE, UPDATE_SAML, *GIVE_ELSEWHERE, *MAKE.values()]
    + [action for table in (UNBIND, STRENGTHEN, BECOME) for actions in table.values() for action in actions]
    + [step for method in (*NEW_WITH_ROLE, *RUNS_AS) for step in method.steps]
)
"""All that is asked of a policy; whatever else it grants gives nobody more rights than it says."""
