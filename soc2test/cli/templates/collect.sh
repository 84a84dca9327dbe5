#!/bin/sh
# Read-only commands for what `soc2test evidence` found missing. Read them, sign in to the vendors' tools, run them.
# Where a command fails, its error text is kept: "no such policy" is an answer, and "access denied" is a reason.
# Lists come first: run this, then print it again for the calls about what they name, until no `save` is left. What
# failed twice for the same reason is kept as an evidence record of that error, and is not asked for again.
# Exit status: 0 all was asked, 1 a scope or a call was left out (the reason is on stderr), 2 a variable is not set.
umask 077
exports=@EXPORTS@
soc2test=${SOC2TEST:-@SOC2TEST@}
work=$exports/.collecting.$$
journal=$exports/.collected
left_out=0 scope='' stopped='' who='' status=0 command='' code='' call='' error=''

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

say() { printf 'collect: %s\n' "$*" >&2; }

plain() { # one line of printable ASCII, as it may stand within quotes of JSON
    LC_ALL=C tr -c '\040-\176' ' ' | cut -c 1-"$1" | sed -e 's/[\\"]/\\&/g' -e 's/  */ /g' -e 's/ $//'
}

needs() { # VARIABLE ...: stop where one is not set
    unset_ones=''
    for variable in "$@"; do
        eval "value=\${$variable-}"
        if [ -n "$value" ]; then export "${variable?}"; else unset_ones="$unset_ones $variable"; fi
    done
    [ -z "$unset_ones" ] || { say "nothing was asked; set these variables first:$unset_ones"; exit 2; }
}

begin() {
    mkdir -p "$work" || exit 1
    trap 'rm -rf "$work"' EXIT
    trap 'say interrupted; exit 130' INT
    trap 'say ended; exit 143' TERM HUP
}

scope() { scope=$1 stopped='' who=''; } # NAME: what follows is about it

stop() { # REASON: nothing more of this scope is asked
    stopped=1 left_out=1
    say "$scope: not asked: $1"
}

tool() { # NAME LOWEST COMMAND: the tool is there, and new enough
    [ -z "$stopped" ] || return 0
    if ! command -v "$1" >/dev/null 2>&1; then
        stop "$1 is not installed ($2 or newer is needed)"
        return 0
    fi
    have=$(eval "$3" </dev/null 2>/dev/null |
        awk 'match($0, /[0-9]+\.[0-9]+(\.[0-9]+)*/) { print substr($0, RSTART, RLENGTH); exit }')
    if [ -z "$have" ]; then
        say "$scope: \`$3\` does not say which version of $1 this is ($2 or newer is needed)"
    elif ! newer "$have" "$2"; then
        stop "$1 $2 or newer is needed, this is $have"
    fi
}

newer() { # HAVE LOWEST
    awk -v have="$1" -v lowest="$2" 'BEGIN {
        split(have, h, "."); parts = split(lowest, l, ".")
        for (i = 1; i <= parts; i++) {
            if (h[i] + 0 > l[i] + 0) exit 0
            if (h[i] + 0 < l[i] + 0) exit 1
        }
        exit 0
    }'
}

run() { # COMMAND: its output, errors and exit status
    command=$1
    rm -rf "$work"
    mkdir -p "$work"
    (eval "$1") </dev/null >"$work/out" 2>"$work/err"
    status=$?
    # within a pipe the exit status is lost: this is how shells say it
    if grep -Eq '^[^ ]+: (line )?[0-9]+: .*: (command )?not found$' "$work/err"; then status=127; fi
    case $status$1 in
    0*'|'*) if [ ! -s "$work/out" ] && [ -s "$work/err" ]; then status=1; fi ;;
    esac
}

identity() { # FILE COMMAND PATTERN WHO: whom the tool is signed in as; the answer is evidence
    [ -z "$stopped" ] || return 0
    run "$2"
    if [ "$status" -ne 0 ]; then
        stop "\`$2\` failed: $(cat "$work/err" "$work/out" | plain 300)"
    elif ! grep -Eiq "$3" "$work/out"; then
        stop "signed in elsewhere: \`$2\` says $(plain 300 <"$work/out")"
    else
        [ -z "$4" ] || who=$(sed -n "s/.*\"$4\" *: *\"\([^\"]*\)\".*/\1/p" "$work/out" | tail -n 1 | plain 300)
        keep "$1"
    fi
}

prepare() { # COMMAND WORD: what a report needs that is made first; it is done once the answer holds the word
    [ -z "$stopped" ] || return 0
    tries=0
    while [ "$tries" -lt 15 ]; do
        run "$1"
        if [ "$status" -ne 0 ] || grep -q "$2" "$work/out"; then return 0; fi
        tries=$((tries + 1))
        sleep "${SOC2TEST_PAUSE:-2}"
    done
}

again() { # CODE CALL ERROR: the call that follows failed before; CALL ends where the time belongs
    code=$1 call=$2 error=$3
}

save() { # FILE COMMAND
    if [ -z "$stopped" ]; then
        run "$2"
        case $status in
        0) keep "$1" ;;
        126 | 127) leave_out "$1" "$(plain 300 <"$work/err")" ;;
        130 | 137 | 143) leave_out "$1" "the command was interrupted" ;;
        *) failed "$1" "$2" ;;
        esac
    fi
    code='' call='' error=''
}

leave_out() { # FILE REASON: this is no evidence
    left_out=1
    say "$scope: not kept: $1: $2"
}

place() { # FILE: make room for a new answer of the call
    mkdir -p "$(dirname "$1")"
    for page in "${1%.json}".page[0-9]*.json; do
        if [ -f "$page" ]; then rm -f "$page" && note gone "$page"; fi
    done
}

keep() { # FILE: what was printed, or the pages that were written
    place "$1"
    if [ -f "$work/page.2" ]; then
        if [ -f "$1" ]; then rm -f "$1" && note gone "$1"; fi
        page=1
        while [ -f "$work/page.$page" ]; do
            mv "$work/page.$page" "${1%.json}.page$page.json"
            note ok "${1%.json}.page$page.json"
            page=$((page + 1))
        done
    else
        if [ -f "$work/page.1" ]; then mv "$work/page.1" "$work/out"; fi
        mv "$work/out" "$1"
        note ok "$1"
    fi
}

failed() { # FILE COMMAND: what was said of it is evidence too; what was printed before is no whole answer
    answer=$work/err
    case $(head -n 1 "$work/err") in
    'curl: (22)'*) if [ -s "$work/out" ]; then answer=$work/out; fi ;; # the server's own words
    esac
    if [ ! -s "$answer" ]; then
        printf 'exit status %s, and no word on stderr; it had printed: %s\n' "$status" "$(plain 300 <"$work/out")" >"$answer"
    fi
    if [ -n "$call" ] && same_reason "$1"; then
        printf '{%s"%s","collector":{"tool":"soc2test evidence --format sh","identity":"%s"},' \
            "$call" "$(now)" "$who" >"$work/record"
        printf '"status":"error","error":{%s,"message":"%s"},"attempts":2,"body":null}\n' \
            "$error" "$(plain 500 <"$answer")" >>"$work/record"
        answer=$work/record
    fi
    place "$1"
    mv "$answer" "$1"
    note failed "$1"
}

same_reason() { # FILE: it is that of the first time, but for ids and times
    if [ -n "$code" ] && grep -qF -e "$code" "$answer"; then return 0; fi
    [ -f "$1" ] && [ "$(steady <"$1")" = "$(steady <"$answer")" ]
}

steady() { sed -e 's/[A-Za-z0-9+=_-]\{24,\}/#/g' -e 's/[0-9][0-9a-f-]*/#/g'; }

note() { # HOW FILE: for `soc2test seal`
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$(now)" "$1" "$(digest "$2")" "$who" "${2#"$exports"/}" \
        "$(printf %s "$command" | LC_ALL=C tr '\000-\037' ' ')" >>"$journal"
}

digest() { # FILE
    if [ ! -f "$1" ]; then
        echo -
    elif command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1" | cut -c 1-64
    elif command -v shasum >/dev/null 2>&1; then
        shasum -a 256 <"$1" | cut -c 1-64
    else
        echo -
    fi
}

follow_link() { # curl ... URL: all pages of an array, by the header `Link: <...>; rel="next"`
    follow link "$@" || return
    page=1
    while [ -f "$work/page.$page" ]; do
        cat "$work/page.$page"
        rm -f "$work/page.$page"
        page=$((page + 1))
    done
}

follow_page_token() { follow page_token "$@"; } # curl ... URL: by `nextPageToken`

follow_next_page_token() { follow next_page_token "$@"; } # curl ... URL: the same, asked for by its own name

follow_next_link() { follow next_link "$@"; } # COMMAND ... URL: by `@odata.nextLink`

follow_paging_next() { follow paging_next "$@"; } # curl ... URL: by `paging.next`, an address

follow_cursor() { follow cursor "$@"; } # curl ... URL: by `response_metadata.next_cursor`

follow_next_cursor() { follow next_cursor "$@"; } # curl ... URL: by `pagination.nextCursor`

follow_skip() { follow skip "$@"; } # curl ... URL: by how many of `totalCount` were read, until `results` are as many

follow_offset() { follow offset "$@"; } # curl ... URL: by `offset` and `limit` of each page, while it says `more`

follow_page() { follow page "$@"; } # curl ... URL: by the number of the page, until one is an empty array

follow_page_of_pages() { follow page_of_pages "$@"; } # curl ... URL: by `page` of `total_pages` in `result_info`

follow() { # HOW COMMAND ... URL: each page becomes a file
    how=$1
    shift
    count=$# nth=0 page=0
    for word in "$@"; do # all but the last word, which is the URL
        nth=$((nth + 1))
        shift
        if [ "$nth" -lt "$count" ]; then set -- "$@" "$word"; else first=$word; fi
    done
    url=$first
    host=$(printf '%s' "$first" | cut -d / -f 1-3)
    while [ -n "$url" ]; do
        page=$((page + 1))
        if [ "$how" = link ]; then
            "$@" -D "$work/head" "$url" >"$work/page.$page"
        else
            "$@" "$url" >"$work/page.$page"
        fi || {
            status=$?
            cat "$work/page.$page" # the error alone: part of a list is none
            rm -f "$work"/page.*
            return "$status"
        }
        before=$url
        url=$("next_by_$how") || return 1
        case $url in
        '' | "$host"/*) ;;
        *) echo "page $page names a next one on another host" >&2 && return 1 ;;
        esac
        if [ "$url" = "$before" ]; then echo "page $page names itself as the next one" >&2 && return 1; fi
    done
}

next_by_link() {
    tr -d '\r' <"$work/head" | awk 'tolower($0) ~ /^link:/ {
        sub(/^[^:]*: */, ""); count = split($0, links, /, *</)
        for (i = 1; i <= count; i++) if (links[i] ~ /; *rel="?next"?/) {
            link = links[i]; sub(/^ *</, "", link); sub(/>.*/, "", link); print link; exit
        }
    }'
}

next_by_page_token() { named_next pageToken '.nextPageToken'; }

next_by_next_page_token() { named_next nextPageToken '.nextPageToken?'; } # a bare array names no next page

next_by_cursor() { named_next cursor '.response_metadata.next_cursor'; }

next_by_next_cursor() { named_next cursor '.pagination.nextCursor?'; }

next_by_paging_next() { jq -r '.paging.next? // empty' "$work/page.$page"; }

next_by_page_of_pages() {
    named_next page '.result_info? | if (.page // 0) < (.total_pages // 0) then .page + 1 | tostring else empty end'
}

next_by_skip() {
    seen=$(jq -s -r '(map(.totalCount) | max) as $all | map(.results | length) | add | if . < $all then . else empty end' \
        "$work"/page.*) || return 1
    case $seen,$first in
    ,*) ;;
    *) printf '%s&skip=%s' "$first" "$seen" ;;
    esac
}

next_by_offset() { named_next offset 'if .more then .offset + .limit | tostring else empty end'; }

next_by_page() {
    # what is no array is no page: whoever reads it says so
    last=$(jq -r 'type != "array" or . == []' "$work/page.$page") || return 1
    if [ "$page" -gt 1 ] && [ "$last" = false ] && cmp -s "$work/page.$((page - 1))" "$work/page.$page"; then
        echo "page $page is the one before it once more" >&2
        return 1
    fi
    case $last,$first in
    true,*) ;;
    *,*\?*) printf '%s&page=%s' "$first" $((page + 1)) ;;
    *) printf '%s?page=%s' "$first" $((page + 1)) ;;
    esac
}

named_next() { # PARAMETER PLACE: the first address with what stands at that place of the page
    token=$(jq -r "$2 // empty | @uri" "$work/page.$page") || return 1
    case $token,$first in
    ,*) ;;
    *\?*) printf '%s&%s=%s' "$first" "$1" "$token" ;;
    *) printf '%s?%s=%s' "$first" "$1" "$token" ;;
    esac
}

next_by_next_link() { jq -r '."@odata.nextLink" // empty' "$work/page.$page"; }

finish() { # counts and digests, so that a file that is cut later is seen
    if [ -f "$journal" ]; then
        if command -v "$soc2test" >/dev/null 2>&1; then
            "$soc2test" seal --exports "$exports"@SEAL@ >&2 || left_out=1
        else
            say "run \`soc2test seal --exports $exports\` where soc2test is installed"
        fi
    fi
    exit "$left_out"
}

