"""The guide in a pack: what it is, what it shows and what not, and how to find that out with tools of one's own."""

from soc2test.pack.names import ABOUT, EVIDENCE, PROGRAMME, RECORDS, REPORT, STORE, SUMS, About
from soc2test.pack.running import command_of

__all__ = ["guide"]


def guide(about: About) -> str:
    """The text of README.md."""
    moment = f", with what is known of it up to {about.report_date}" if about.report_date is not None else ""
    return f"""# Evidence pack: {about.system}

Prepared by management for its auditor. It holds management's tests of the period {about.period}{moment}, the evidence
that they ran over, and what they found. It is no SOC 2® report; no CPA examined it. soc2test is not affiliated with the
AICPA. SOC 2® and SOC 3® are marks of the AICPA; the Trust Services Criteria are © AICPA: ids only, all words are ours.

## What is here
| place | holds |
|---|---|
| `{REPORT}/matrix.html`, `matrix.md` | what could not be tested, what deviated, what is not tested of each criterion |
| `{REPORT}/controls.ndjson`, `findings.ndjson`, `evidence.ndjson`, `junit.xml`, `matrix.json` | the same for programs |
| `{REPORT}/populations/` | the population of each test as CSV, with a sheet of how complete and accurate it is |
| `{PROGRAMME}/` | the company's own tests, limits, exemptions, waivers, statements |
| `{STORE}/` | the evidence: snapshots, as a chain of records of which each names the digest of the one before |
| `{RECORDS}` | the records: when, by whom and by which run, with which commit |
| `{EVIDENCE}` | each file of each snapshot with its SHA-256, also what was pruned or is left out |
| `{ABOUT}`, `{SUMS}` | what the pack is of, and the SHA-256 of every file |

{_left_out(about)}
## Verify it
```sh
sha256sum --check --strict {SUMS}
soc2test verify . --head NUMBER:DIGEST
```
Take the head from somebody else than whoever made the pack: the log of a CI run, a mail that you got during the period.
This pack's store ends at `{about.head}`.
Without a head from elsewhere nothing shows that the store was not made anew.

## Run the tests again
On a machine without network, with soc2test {about.soc2test}:
```sh
soc2test rerun .            # all tests, held against what the report says
soc2test rerun . IAM-01     # one of them
```
The company's own tests are Python programs: run them where they may do what they like. In `{PROGRAMME}/` it runs
`{" ".join(command_of(about))}`.
That a result comes out again shows that it follows from this evidence. It shows neither that the evidence came from the
systems nor that the test is the right one.

## What to do with tools of your own
- **Observe a collection.** Choose a text (a nonce) and give it to whoever collects: `soc2test collect --nonce TEXT`. It
  stands in the next record: what that holds was taken after you chose it.
- **Vouch a sample to its source.** `soc2test sample CONTROL --report {REPORT} --seed TEXT` draws rows by your seed; or
  draw from `{REPORT}/populations/CONTROL.csv` by your own means. Ask for each row's document, or look it up in the
  system.
- **Look the other way.** `soc2test sample CONTROL --report {REPORT} --direction source --from YOUR.csv --column NAME`
  looks up in the population what you know from elsewhere.
- **Compute a result anew** from `{REPORT}/populations/CONTROL.csv`: each row has the facts that decided.
- **Get a snapshot back**: `soc2test store restore --store ../{STORE} NUMBER FOLDER` in `{PROGRAMME}/`.

## What nothing here shows
That each run was recorded (missing days are listed in the report), that exports are what the systems hold, that clocks
were right, that a test is enough for its criterion, and what was so on days that nobody recorded.
"""


def _left_out(about: About) -> str:
    if not about.left_out:
        return ""
    rows = "".join(f"| `{each.path}` | `{each.sha256}` | {each.because} |\n" for each in about.left_out)
    return (
        "### Left out\n"
        "These documents were tested and are not here. What rests on them can't come out again as in the report.\n\n"
        f"| document | SHA-256 | because |\n|---|---|---|\n{rows}\n"
    )
