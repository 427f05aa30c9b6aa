
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { environments, groups, variables, conditions, texts } = data;
  const STATES = [
    ["missing", "✗", "missing"], ["invalid", "!", "invalid"], ["encrypted", "◆", "encrypted"],
    ["set", "✓", "set"], ["not-needed", "–", "not needed"], ["unset", "·", "unset"],
  ];
  const NOTED = "noted", DIFFERS = "differs";
  const FIRST_ROWS = 150, MORE_ROWS = 100;
  const $ = (id) => document.getElementById(id);

  /** An element with properties and children. Text only ever goes in as text. */
  const el = (tag, properties = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "class") made.className = value;
      else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };
  const text = (index) => (index < 0 ? "" : texts[index]);
  const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;

  /** What is looked at; the address holds it, so that a view can be sent to somebody. */
  const view = { q: "", states: new Set(), group: "", visibility: "", env: "", open: new Set(), theme: "" };

  const fromAddress = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    const list = (name) => new Set((given.get(name) || "").split(",").filter(Boolean));
    view.q = given.get("q") || "";
    view.states = list("state");
    view.group = groups.some((group) => group.id === given.get("group")) ? given.get("group") : "";
    view.visibility = given.get("visibility") || "";
    view.env = environments.some((one) => one.name === given.get("env")) ? given.get("env") : "";
    view.open = list("open");
    view.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "";
  };
  const toAddress = () => {
    const given = new URLSearchParams();
    const put = (name, value) => { if (value) given.set(name, value); };
    put("q", view.q.trim());
    put("state", [...view.states].join(","));
    put("group", view.group);
    put("visibility", view.visibility);
    put("env", view.env);
    put("open", [...view.open].join(","));
    put("theme", view.theme);
    const hash = given.toString().replaceAll("%2C", ",");
    try { history.replaceState(null, "", `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`); } catch { /* a viewer without an address */ }
  };

  const haystacks = variables.map((variable) =>
    `${variable.name} ${variable.called || ""} ${variable.about || ""} ${groups[variable.group].title}`.toLowerCase());
  const chosen = () => environments.map((_, index) => index).filter((index) => !view.env || environments[index].name === view.env);
  const cell = (env, row) => environments[env].cells[row];

  /** Whether there is more to know than the state: what is wrong with an invalid value goes without a mark. */
  const isNoted = (found) => found.length > 4 && STATES[found[0]][0] !== "invalid";

  /** Whether a variable passes every filter but that of states. */
  const passes = (row, words) => {
    const variable = variables[row];
    return (!view.group || groups[variable.group].id === view.group)
      && (!view.visibility || variable.visibility === view.visibility)
      && words.every((word) => haystacks[row].includes(word));
  };
  /** What the filter of states can ask of a variable. */
  const traits = (row, envs) => {
    const found = new Set();
    for (const env of envs) {
      found.add(STATES[cell(env, row)[0]][0]);
      if (isNoted(cell(env, row))) found.add(NOTED);
      if (cell(env, row)[0] !== cell(envs[0], row)[0]) found.add(DIFFERS);
    }
    return found;
  };
  /** States add up; what differs, or is noted, has to hold besides. */
  const wanted = (found) => {
    const states = [...view.states].filter((state) => state !== DIFFERS && state !== NOTED);
    return (states.length === 0 || states.some((state) => found.has(state)))
      && (!view.states.has(DIFFERS) || found.has(DIFFERS))
      && (!view.states.has(NOTED) || found.has(NOTED));
  };

  const badge = (state, extra) => {
    const [name, symbol, word] = STATES[state];
    return el("span", { class: `state ${name}`, title: extra || null }, el("i", { "aria-hidden": "true" }, symbol), el("span", {}, word));
  };
  const onOff = (holds) => el("span", { class: `state ${holds ? "set" : "not-needed"}` }, el("i", { "aria-hidden": "true" }, holds ? "✓" : "✗"), el("span", {}, holds ? "on" : "off"));
  /** Where a value comes from, or why there is none. */
  const reason = ([state, place, why]) => {
    const name = STATES[state][0];
    if (name === "set" || name === "encrypted" || name === "invalid") return text(place);
    if (name === "missing") return why < 0 ? "always required" : `because ${text(why)}`;
    if (name === "not-needed") return `because ${text(why)}`;
    return "optional";
  };

  const showEnvironments = () => {
    $("environments").replaceChildren(...environments.map((one) => el("article", { class: "env" },
      el("header", {}, el("h2", {}, one.name),
        el("span", { class: `verdict ${one.ready ? "ready" : "not"}` }, `${one.ready ? "✓" : "✗"} ${one.verdict}`)),
      el("div", { class: "share", "aria-hidden": "true" },
        [3, 2, 1, 0, 4, 5].filter((state) => one.counts[state]).map((state) => share(STATES[state][0], one.counts[state]))),
      el("ul", { class: "sums" },
        el("li", {}, el("b", {}, String(one.needed)), " needed"),
        STATES.map(([, , word], state) => one.counts[state] ? el("li", {}, el("b", {}, String(one.counts[state])), ` ${word}`) : null),
        one.warnings ? el("li", {}, el("b", {}, String(one.warnings)), one.warnings === 1 ? " warning" : " warnings") : null),
      one.from ? el("p", { class: "from muted" }, `values from ${one.from}`) : null,
      one.absent ? el("p", { class: "from muted" }, `not there, and so not read: ${one.absent}`) : null,
      one.others.length ? el("details", {}, el("summary", {}, `${counted(one.others.length, "more finding")}`),
        el("ul", {}, one.others.map((other) => el("li", {}, other)))) : null)));
  };
  const share = (name, count) => {
    const part = el("i", { class: name });
    part.style.flexGrow = String(count);
    return part;
  };

  const showConditions = () => {
    if (!conditions.length) return;
    $("conditions").hidden = false;
    $("conditions").className = environments.length === 1 || view.env ? "one" : "";
    if (environments.length === 1 && conditions.length <= 12) $("conditions-box").open = true;
    const envs = chosen();
    const on = envs.map((env) => environments[env].conditions.filter(([holds]) => holds).length);
    $("conditions-sum").textContent = envs.map((env, index) =>
      `${environments.length > 1 ? `${environments[env].name}: ` : ""}${on[index]} of ${conditions.length} on`).join(", ");
    $("conditions-table").replaceChildren(
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Condition"), envs.map((env) => el("th", { scope: "col" }, environments[env].name)))),
      el("tbody", {}, conditions.map((name, index) => el("tr", { class: "row" }, el("th", { scope: "row" }, el("code", {}, name)),
        envs.map((env) => {
          const [holds, why] = environments[env].conditions[index];
          return el("td", {}, onOff(holds), el("span", { class: "why" }, text(why)));
        })))));
  };

  const details = (row, envs) => {
    const variable = variables[row];
    const fact = (name, ...value) => value.some(Boolean) ? [el("dt", {}, name), el("dd", {}, ...value)] : [];
    const docs = variable.docs && /^https?:/.test(variable.docs)
      ? el("a", { href: variable.docs, rel: "noopener noreferrer" }, variable.docs) : variable.docs;
    return el("tr", { class: "more", id: `more-${row}` }, el("td", { colspan: columns(envs) },
      variable.about ? el("p", {}, variable.about) : null,
      el("dl", { class: "facts" }, fact("expects", variable.expects), fact("visibility", variable.visibility),
        fact("required", variable.required ? el("code", {}, variable.required) : null),
        fact("the target calls it", variable.called ? el("code", {}, variable.called) : null),
        fact("without it", variable.without), fact("docs", docs)),
      el("ul", { class: "there" }, envs.map((env) => {
        const found = cell(env, row);
        const set = ["set", "encrypted", "invalid"].includes(STATES[found[0]][0]);
        const because = set && found[2] >= 0 ? el("span", { class: "muted" }, ` (${found[3] ? "needed" : "not needed"} because ${text(found[2])})`) : null;
        return el("li", {}, el("b", {}, environments[env].name), el("span", {}, badge(found[0])),
          el("div", {}, el("span", { class: set ? "place" : null }, reason(found)), because,
            warnings(found)));
      }))));
  };
  const warnings = (found) => found.slice(4).map((note) => el("div", { class: "warn" }, text(note)));
  const columns = (envs) => (envs.length === 1 ? 3 : envs.length + 1);

  const rowOf = (row, envs) => {
    const variable = variables[row];
    const open = view.open.has(variable.name);
    const button = el("button", { type: "button", class: "name", "aria-expanded": String(open), "aria-controls": `more-${row}` }, variable.name);
    const noted = (found) => isNoted(found) ? el("span", { class: "note", title: found.slice(4).map(text).join("\n") },
      el("span", { "aria-hidden": "true" }, "▲"), el("span", { class: "hidden" }, "noted")) : null;
    const cells = envs.length === 1
      ? [el("td", {}, badge(cell(envs[0], row)[0])), el("td", { class: "reason" }, reason(cell(envs[0], row)), warnings(cell(envs[0], row)))]
      : envs.map((env) => el("td", {}, badge(cell(env, row)[0], reason(cell(env, row))), noted(cell(env, row))));
    const made = el("tr", { class: "row", "data-row": row }, el("th", { scope: "row" }, button,
      variable.visibility === "secret" ? null : el("span", { class: "tag" }, variable.visibility)), cells);
    return open ? [made, details(row, envs)] : [made];
  };

  let turn = 0;
  let finish = () => {};
  /** Shows the rows that are wanted: the first at once, the others piece by piece, so that typing is never held up. */
  const showRows = (rows, envs) => {
    const mine = ++turn;
    const table = $("matrix");
    table.className = envs.length > 1 ? "several" : "one";
    const columns = [el("col", { class: "names" }), ...(envs.length === 1 ? [el("col", { class: "states" }), el("col")] : envs.map(() => el("col")))];
    const heads = envs.length === 1 ? [environments[envs[0]].name, "Where from, or why not"] : envs.map((env) => environments[env].name);
    table.replaceChildren(el("caption", { class: "hidden" }, "Variables and their states in each environment"), el("colgroup", {}, columns),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Variable"), heads.map((head) => el("th", { scope: "col" }, head)))));
    let at = 0, group = -1, body = null;
    const some = (count) => {
      for (const end = Math.min(at + count, rows.length); at < end; at++) {
        const of = variables[rows[at]].group;
        if (of !== group) {
          group = of;
          const there = rows.filter((row) => variables[row].group === of).length;
          body = el("tbody", {}, groups.length > 1 ? el("tr", { class: "group" },
            el("th", { scope: "rowgroup", colspan: table.tHead.rows[0].cells.length }, groups[of].title, " ", el("span", {}, String(there)))) : null);
          table.append(body);
        }
        body.append(...rowOf(rows[at], envs));
      }
    };
    some(FIRST_ROWS);
    const go = () => { if (mine === turn && at < rows.length) { some(MORE_ROWS); setTimeout(go); } };
    finish = () => { if (mine === turn) some(rows.length); };
    setTimeout(go);
  };

  const show = () => {
    const envs = chosen();
    const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = {};
    const rows = [];
    for (let row = 0; row < variables.length; row++) {
      if (!passes(row, words)) continue;
      const found = traits(row, envs);
      for (const trait of found) counts[trait] = (counts[trait] || 0) + 1;
      if (wanted(found)) rows.push(row);
    }
    // Under its heading each variable keeps the place that it has in the contract.
    rows.sort((one, other) => variables[one].group - variables[other].group || one - other);
    showChips(counts, envs);
    showRows(rows, envs);
    const filtered = words.length || view.states.size || view.group || view.visibility;
    $("found").textContent = rows.length === variables.length ? counted(rows.length, "variable") : `${rows.length} of ${counted(variables.length, "variable")}`;
    $("clear").hidden = !filtered;
    $("none").hidden = rows.length > 0;
    $("matrix").hidden = rows.length === 0;
    for (const id of ["group", "visibility", "env"]) $(id).value = view[id];
    if ($("q").value !== view.q) $("q").value = view.q;
    document.documentElement.dataset.theme = view.theme;
    $("theme").textContent = { "": "◐ Automatic", light: "☀ Light", dark: "☾ Dark" }[view.theme];
    $("theme").setAttribute("aria-label", `Colours: ${view.theme || "as the system has them"}`);
  };

  const showChips = (counts, envs) => {
    const extra = [[NOTED, "▲", "noted"], ...(envs.length > 1 ? [[DIFFERS, "≠", "differs"]] : [])];
    const all = [...STATES, ...extra];
    if ($("states").children.length !== all.length) {
      $("states").replaceChildren(...all.map(([name, symbol, word]) => el("button", {
        type: "button", class: "chip", "data-state": name,
        onclick: () => { if (!view.states.delete(name)) view.states.add(name); changed(); },
      }, el("span", { "aria-hidden": "true" }, symbol), word, el("b"))));
    }
    for (const chip of $("states").children) {
      const name = chip.dataset.state;
      chip.setAttribute("aria-pressed", String(view.states.has(name)));
      chip.classList.toggle("none-here", !counts[name]);
      chip.querySelector("b").textContent = String(counts[name] || 0);
    }
  };

  const changed = () => { toAddress(); show(); };
  const clear = () => {
    Object.assign(view, { q: "", states: new Set(), group: "", visibility: "" });
    changed();
    $("q").focus();
  };
  const toggle = (line) => {
    const row = Number(line.dataset.row), envs = chosen();
    const name = variables[row].name;
    const open = !view.open.delete(name);
    if (open) { view.open.add(name); line.after(details(row, envs)); } else line.nextElementSibling.remove();
    line.querySelector(".name").setAttribute("aria-expanded", String(open));
    toAddress();
  };

  const listen = () => {
    let typing = 0;
    $("q").addEventListener("input", () => {
      view.q = $("q").value;
      clearTimeout(typing);
      typing = setTimeout(changed, variables.length > 1000 ? 120 : 0);
    });
    for (const id of ["group", "visibility", "env"]) {
      $(id).addEventListener("change", () => { view[id] = $(id).value; if (id === "env") { toAddress(); showConditions(); show(); } else changed(); });
    }
    $("clear").addEventListener("click", clear);
    $("clear-too").addEventListener("click", clear);
    $("theme").addEventListener("click", () => { view.theme = { "": "light", light: "dark", dark: "" }[view.theme]; changed(); });
    $("matrix").addEventListener("click", (event) => {
      const line = event.target.closest(".row");
      if (line && !String(getSelection())) toggle(line);
    });
    document.addEventListener("keydown", (event) => {
      const typed = event.target.matches("input, select");
      if (event.key === "/" && !typed && !event.ctrlKey && !event.metaKey) { event.preventDefault(); $("q").focus(); return; }
      if (event.key === "Escape" && event.target === $("q") && view.q) { view.q = ""; changed(); return; }
      const line = event.target.closest && event.target.closest(".row[data-row]");
      if (event.key === "Escape" && line && line.querySelector(".name").getAttribute("aria-expanded") === "true") { toggle(line); return; }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || (!line && !(event.target === $("q") && step === 1))) return;
      event.preventDefault();
      const names = [...$("matrix").querySelectorAll(".name")];
      const next = names[line ? names.indexOf(line.querySelector(".name")) + step : 0];
      if (next) next.focus();
    });
    addEventListener("hashchange", () => { fromAddress(); showConditions(); show(); });
    addEventListener("beforeprint", () => finish());
    new ResizeObserver(() => {
      const sticks = getComputedStyle($("bar")).position === "sticky";
      document.documentElement.style.setProperty("--bar", `${sticks ? $("bar").offsetHeight : 0}px`);
    }).observe($("bar"));
  };

  const fill = (id, first, options) => $(id).replaceChildren(el("option", { value: "" }, first), ...options.map(([value, name]) => el("option", { value }, name)));
  const start = () => {
    $("title").textContent = [data.contract, data.profile, data.target].filter(Boolean).join(" · ");
    const ready = environments.filter((one) => one.ready).length;
    $("subtitle").textContent = environments.length === 1
      ? `${counted(variables.length, "variable")}, one environment`
      : `${counted(variables.length, "variable")} in ${environments.length} environments, ${ready || "none"} of them ready`;
    fill("group", "Every group", groups.map((group) => [group.id, group.title]));
    fill("visibility", "Every visibility", ["secret", "plain", "public"].map((one) => [one, one]));
    fill("env", "Every environment", environments.map((one) => [one.name, one.name]));
    $("env-label").hidden = environments.length < 2;
    fromAddress();
    showEnvironments();
    showConditions();
    listen();
    show();
  };
  start();
})();
