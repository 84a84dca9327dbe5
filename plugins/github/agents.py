"""Programs that write changes for people: which accounts they have on GitHub.

GitHub does not count the approval of whoever had Copilot open a pull request ("Review output from Copilot" in its
guide), and the same holds in substance for every other agent: it writes what somebody asked for. An app in no table
may be one of them.
"""

__all__ = ["is_agent", "is_machine_address"]

_AGENTS = frozenset({
    "all-hands-bot", "amazon-q-developer", "blackboxai", "chatgpt-codex-connector", "claude", "codegen-sh", "codex",
    "copilot", "copilot-swe-agent", "cursor", "cursoragent", "devin-ai-integration", "factory-droid", "gemini-cli",
    "gemini-code-assist", "google-labs-jules", "jules", "kilo-code-bot", "openhands", "openhands-agent", "roomote",
    "sweep-ai", "warp-agent", "windsurf-bot",
})  # fmt: skip
"""Logins without the "[bot]" of apps: some agents work with accounts of type User."""

_AGENT_ADDRESSES = frozenset({
    "cursoragent@cursor.com", "noreply@anthropic.com", "noreply@openai.com", "openhands@all-hands.dev",
})  # fmt: skip
"""What agents that run on somebody's own machine sign with: that person is the author, or the committer, anyhow."""


def is_agent(login: str) -> bool:
    """The account belongs to an agent that writes changes on somebody's demand."""
    return login.casefold().removesuffix("[bot]") in _AGENTS


def is_machine_address(address: str) -> bool:
    """The e-mail address in a commit is that of an agent: it names nobody."""
    return address.casefold() in _AGENT_ADDRESSES
