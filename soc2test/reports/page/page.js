// Searches and filters the page, keeps that in its address, and opens what a link leads to. Reads the page alone:
// nothing is asked for, and no text of it becomes markup.
(function () {
  "use strict";
  const NAMES = ["category", "verdict", "severity", "source", "owner"];
  const bar = document.getElementById("find");
  if (!bar) return;
  const query = document.getElementById("q");
  const reset = document.getElementById("reset");
  const told = document.getElementById("shown");
  const lists = {};
  for (const name of NAMES) {
    const list = document.getElementById("by-" + name);
    if (list) lists[name] = list;
  }
  const DRAWN = 200; // findings behind the step to further ones that a search opens by itself
  let room = DRAWN;
  const others = Array.from(document.querySelectorAll("main > section:not(.searched)"));
  let index = null;
  let filtered = false;
  let openedHere = [];

  const lower = (element) => element.textContent.toLowerCase();
  const lines = (element, name) => (element.dataset[name] || "").split("\n");

  // what is searched is read once, when it is asked for or nothing else is to be done: the page is painted before
  function read() {
    const tests = Array.from(document.querySelectorAll("details.control"), (element) => {
      const marks = {};
      for (const name of NAMES) marks[name] = lines(element, name);
      const findings = Array.from(element.querySelectorAll("ul.findings > li"), (item) => ({
        element: item, text: lower(item), source: item.dataset.source, later: item.closest(".more") !== null,
      }));
      const own = Array.from(element.querySelectorAll("summary .top, summary .title, .why"), lower).join(" ");
      const more = element.querySelector("details.more");
      return { element, marks, findings, text: own, more, later: findings.filter((finding) => finding.later).length };
    });
    const rows = Array.from(document.querySelectorAll("#evidence tbody tr"), (element) => ({
      element, text: lower(element), source: (element.querySelector("[data-source]") || element).dataset.source,
    }));
    const cells = Array.from(document.querySelectorAll("#criteria .cell"), (element) => ({
      element, text: lower(element), category: element.closest("[data-category]").dataset.category,
    }));
    return { tests, rows, cells };
  }

  function wanted() {
    const chosen = { words: query.value.toLowerCase().split(/\s+/).filter(Boolean) };
    for (const name in lists) chosen[name] = lists[name].value;
    return chosen;
  }

  function show(element, shown) {
    if (element.hidden === shown) element.hidden = !shown;
  }

  function holds(text, words) {
    return words.every((word) => text.includes(word));
  }

  function filterTest(test, chosen) {
    if (!NAMES.every((name) => !chosen[name] || test.marks[name].includes(chosen[name]))) {
      show(test.element, false);
      return [false, 0];
    }
    const wholly = holds(test.text, chosen.words);
    const fitting = test.findings.map((finding) => {
      const ofSource = !chosen.source || !finding.source || finding.source === chosen.source;
      return ofSource && (wholly || holds(test.text + " " + finding.text, chosen.words));
    });
    const count = fitting.filter(Boolean).length;
    const fits = wholly || count > 0;
    show(test.element, fits);
    if (!fits) return [false, 0];
    // of a test that is hidden no finding needs to be: to touch thousands of elements takes longer than to read them
    test.findings.forEach((finding, place) => show(finding.element, fitting[place]));
    const later = fitting.filter((shown, place) => shown && test.findings[place].later).length;
    say(test, later);
    if (!wholly && chosen.words.length) {
      open(test.element);
      // of others the reader is told how many there are: to draw thousands of rows would take seconds
      if (later && later <= room) {
        open(test.more);
        room -= later;
      }
    }
    return [true, count];
  }

  // what stands behind the step to further findings, where only a part of them is shown
  function say(test, later) {
    if (!test.more) return;
    const words = later === test.later ? `${test.later} more findings` : `${later} of ${test.later} more findings`;
    const summary = test.more.firstElementChild;
    if (summary.textContent !== words) summary.textContent = words;
    show(test.more, later > 0);
  }

  function open(element) {
    if (!element || element.open) return;
    element.open = true;
    openedHere.push(element);
  }

  function apply() {
    const chosen = wanted();
    const active = chosen.words.length > 0 || NAMES.some((name) => chosen[name]);
    if (!active && !filtered) return;
    filtered = active;
    index = index || read();
    for (const element of openedHere.splice(0)) element.open = false;
    let tests = 0, findings = 0, rows = 0;
    room = DRAWN;
    for (const test of index.tests) {
      const [fits, count] = filterTest(test, chosen);
      tests += fits;
      findings += count;
    }
    for (const row of index.rows) {
      const fits = (!chosen.source || row.source === chosen.source) && holds(row.text, chosen.words);
      show(row.element, fits);
      rows += fits;
    }
    for (const cell of index.cells) {
      show(cell.element, (!chosen.category || cell.category === chosen.category) && holds(cell.text, chosen.words));
    }
    for (const part of document.querySelectorAll("#criteria .category")) {
      show(part, part.querySelector(".cell:not([hidden])") !== null);
    }
    for (const section of others) show(section, !active);
    show(reset, active);
    const of = index.tests.length;
    told.textContent = active
      ? `Only a part is shown: ${tests} of ${of} tests, ${findings} findings, ${rows} files of evidence. Counts of ` +
        "all stand above the search and in the page without it."
      : "";
  }

  function toAddress() {
    const parts = new URLSearchParams();
    if (query.value) parts.set("q", query.value);
    for (const name in lists) if (lists[name].value) parts.set(name, lists[name].value);
    const text = parts.toString();
    try {
      history.replaceState(null, "", (text ? "?" + text : location.pathname) + location.hash);
    } catch (refused) {
      // a page within another's frame may have no address of its own; it filters all the same
    }
  }

  function fromAddress() {
    const parts = new URLSearchParams(location.search);
    query.value = parts.get("q") || "";
    for (const name in lists) {
      lists[name].value = parts.get(name) || "";
      if (lists[name].selectedIndex < 0) lists[name].value = "";
    }
  }

  function clear() {
    query.value = "";
    for (const name in lists) lists[name].value = "";
    toAddress();
    apply();
  }

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const target = document.getElementById(id);
    if (!target) {
      const files = { "f-": "findings.ndjson", "e-": "evidence.ndjson", "c-": "controls.ndjson" };
      const file = files[id.slice(0, 2)];
      if (file) told.textContent = `${id} has no room in this page or is of another run; ${file} holds all.`;
      return;
    }
    if (target.closest("[hidden]")) clear();
    for (let place = target; place; place = place.parentElement) {
      if (place.tagName === "DETAILS") place.open = true;
    }
    target.scrollIntoView();
  }

  const idle = window.requestIdleCallback || ((task) => setTimeout(task, 200));
  let waiting = 0;
  function changed() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      toAddress();
      apply();
    });
  }

  bar.hidden = false;
  const folded = document.getElementById("lists");
  const wide = matchMedia("(min-width: 44rem)");
  const unfold = () => { folded.open = wide.matches || NAMES.some((name) => lists[name] && lists[name].value); };
  wide.addEventListener("change", unfold);
  query.addEventListener("input", changed);
  for (const name in lists) lists[name].addEventListener("change", changed);
  reset.addEventListener("click", () => {
    clear();
    query.focus();
  });
  document.addEventListener("keydown", (event) => {
    const writing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape" && event.target === query && query.value) {
      event.preventDefault();
      clear();
    }
  });
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", () => { fromAddress(); apply(); });
  fromAddress();
  unfold();
  apply();
  follow();
  idle(() => { index = index || read(); });
})();
