"use strict";
{
  const DAY = 86400000;
  const page = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const [first, last] = page.days;
  const number = (day) => Date.parse(day) / DAY;
  const iso = (n) => new Date(n * DAY).toISOString().slice(0, 10);
  const days = number(last) - number(first) + 1;
  const words = (day) => new Date(day).toLocaleDateString("en-GB",
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text))
    && iso(number(text)) === text;
  const since = (list, day) => list.findLast(([from]) => from <= day);

  const rows = page.stories.map((story, index) => {
    const row = $("row-" + index), part = (name) => row.querySelector(name);
    return { ...story, row, part, link: part("a"), id: "story-" + index, told: null, key: null };
  });
  const now = { day: page.day, basis: page.basis, code: null };
  const answered = (story, stretch, basis) => stretch[4][Math.min(basis, stretch[4].length - 1)];

  const make = (name, classed, ...content) => {
    const made = document.createElement(name);
    if (classed) made.className = classed;
    made.append(...content);
    return made;
  };
  const fill = (element, texts, name, classed) => element.replaceChildren(...texts.map((text) =>
    make(name, classed && "tag " + text.replace(" ", "-"), text)));

  const address = () => {
    const named = now.basis === page.basis ? "" : page.bases[now.basis].basis;
    return "#" + [now.day, now.code ?? "", named].map(encodeURIComponent).join("/").replace(/\/+$/, "");
  };

  const items = [...document.querySelectorAll("#told li")];
  const tell = (story) => {
    const groups = new Map();
    for (const place of story.items) {
      const heading = items[place].closest("details").querySelector("summary span").textContent;
      if (!groups.has(heading)) groups.set(heading, make("ul"));
      const item = items[place].cloneNode(true);
      item.removeAttribute("id");
      item.dataset.place = place;
      groups.get(heading).append(item);
    }
    const cell = make("td", "", make("p", "said", make("b"), ": ", make("span")),
      make("ul", "notes"), make("p", "key", "What bears on this day has a strong edge."),
      make("div", "groups", ...[...groups].map(([heading, list]) =>
        make("section", "", make("h3", "", heading), list))));
    const told = make("tr", "story", cell);
    cell.colSpan = 3;
    cell.setAttribute("role", "cell");
    told.setAttribute("role", "row");
    told.id = story.id;
    story.link.setAttribute("aria-controls", story.id);
    story.row.after(told);
    return told;
  };

  const showStory = (story) => {
    const open = story.code === now.code;
    story.link.setAttribute("aria-expanded", open);
    if (open) story.told ??= tell(story);
    if (story.told) story.told.hidden = !open;
    if (!open) return;
    const stretch = since(story.stretches, now.day);
    const [, , said, notes] = answered(story, stretch, now.basis);
    story.told.querySelector(".said b").textContent =
      words(now.day) + (story.counted ? ", basis " + page.bases[now.basis].basis : "");
    story.told.querySelector(".said span").textContent = page.texts[said];
    fill(story.told.querySelector(".notes"), notes.map((note) => page.texts[note]), "li");
    story.told.querySelectorAll("[data-place]").forEach((item) => {
      if (stretch[3].includes(+item.dataset.place)) item.setAttribute("aria-current", "date");
      else item.removeAttribute("aria-current");
    });
  };

  const showRow = (story) => {
    showStory(story);
    const stretch = since(story.stretches, now.day), [, word, detail] = stretch;
    const [answer, tags] = answered(story, stretch, now.basis);
    const key = stretch[0] + now.basis;
    if (story.key === key) return;
    story.key = key;
    if (story.counted) {
      const dot = story.part(".dot");
      dot.className = "dot " + answer;
      dot.title = page.words[answer];
      dot.setAttribute("aria-label", page.words[answer]);
    }
    story.row.classList.toggle("no", answer === "no" || answer === "");
    story.part(".word").textContent = page.texts[word];
    story.part(".detail").textContent = page.texts[detail];
    fill(story.part(".tags"), tags, "span", true);
  };

  const showAnswer = () => {
    const found = rows.filter((story) => story.counted).map((story) =>
      [story.name, ...answered(story, since(story.stretches, now.day), now.basis)]);
    const yes = found.filter((one) => one[1] === "yes").length;
    const unknown = found.filter((one) => one[1] === "unknown").length;
    const waiting = since(page.pending[now.basis], now.day)[1];
    $("answer").textContent = (yes || "no") + (yes === 1 ? " state" : " states") + " counted on "
      + words(now.day) + (unknown ? `, ${unknown} more not certain` : "")
      + (waiting ? ` (${waiting})` : "");
    const names = found.filter((one) => one[1] !== "no").map(([name, , tags]) => {
      const marks = tags.filter((one) => one === "disputed" || one === "not certain");
      return name + (marks.length ? ` (${marks.join(", ")})` : "");
    });
    const end = names.pop();
    $("names").textContent = names.length ? names.join(", ") + " and " + end : end ?? "";
    $("when").textContent = words(now.day);
    $("rule").textContent = page.bases[now.basis].rule;
    page.checked.forEach((checked, index) => {
      const caveat = $("caveat-" + index);
      if (caveat) caveat.hidden = now.day <= checked;
    });
    page.bases.forEach((basis, index) => {
      const counted = rows.filter((story) => story.counted
        && answered(story, since(story.stretches, now.day), index)[0] === "yes").length;
      const radio = $("basis-" + index);
      radio.checked = index === now.basis;
      radio.nextElementSibling.querySelector("span").textContent = counted;
    });
  };

  const show = () => {
    const at = Math.min(Math.max(number(now.day) - number(first), 0), days - 1);
    document.documentElement.style.setProperty("--x", `${(at + .5) / days * 100}%`);
    if ($("day").value !== now.day) $("day").value = now.day;
    $("slider").value = at;
    $("slider").setAttribute("aria-valuetext", words(now.day));
    $("earlier").disabled = page.changes[0] >= now.day;
    $("later").disabled = page.changes.at(-1) <= now.day;
    $("latest").disabled = now.day === last;
    document.querySelectorAll("[data-basis]").forEach((group) => {
      if (+group.dataset.basis === now.basis) group.removeAttribute("display");
      else group.setAttribute("display", "none");
    });
    document.querySelectorAll("[data-status]").forEach((bar) => bar.classList.toggle("off",
      !page.bases[now.basis].counts.includes(bar.dataset.status)));
    showAnswer();
    rows.forEach(showRow);
  };

  let waiting;
  const go = (changes) => {
    Object.assign(now, changes);
    $("trouble").hidden = true;
    show();
    clearTimeout(waiting); // a slider moves faster than browsers let an address change
    waiting = setTimeout(() => history.replaceState(null, "", address()), 200);
  };

  const read = () => {
    const parts = location.hash.slice(1).split("/").map((part) => {
      try { return decodeURIComponent(part); } catch { return part; }
    });
    if (!/^\d/.test(parts[0])) {
      if (!parts[0]) Object.assign(now, { day: page.day, basis: page.basis, code: null });
      $(parts[0])?.closest("details")?.setAttribute("open", "");
      return show();
    }
    const [day, code, named] = parts, basis = page.bases.findIndex((one) => one.basis === named);
    const lacks = [
      !isDay(day) && `there is no day ${day}`,
      isDay(day) && day > last && `${day} is after ${last}, the last day of this page`,
      code && !rows.some((story) => story.code === code) && `this page has no state ${code}`,
      named && basis < 0 && `this page has no basis ${named}`,
    ].filter(Boolean);
    if (!lacks.length) Object.assign(now, { day, code: code || null, basis: named ? basis : page.basis });
    show();
    $("trouble").hidden = !lacks.length;
    $("trouble").textContent = `The address cannot be shown: ${lacks.join("; ")}.`;
    const story = rows.find((one) => one.code === now.code);
    if (story && !lacks.length) story.row.scrollIntoView({ block: "nearest" });
    return undefined;
  };

  $("day").max = last;
  $("slider").max = days - 1;
  $("day").addEventListener("input", ({ target }) => {
    if (isDay(target.value) && target.value <= last && target.value >= "1000") go({ day: target.value });
  });
  $("day").addEventListener("change", ({ target }) => {
    if (target.value <= last) return;
    $("trouble").hidden = false;
    $("trouble").textContent = `${target.value} is after ${last}, the last day of this page.`;
  });
  $("slider").addEventListener("input", ({ target }) => go({ day: iso(number(first) + +target.value) }));
  $("bases").addEventListener("change", ({ target }) => go({ basis: +target.value }));
  $("earlier").addEventListener("click", () => go({ day: page.changes.findLast((day) => day < now.day) }));
  $("later").addEventListener("click", () => go({ day: page.changes.find((day) => day > now.day) }));
  $("latest").addEventListener("click", () => go({ day: last }));
  rows.forEach((story) => story.link.addEventListener("click", (event) => {
    event.preventDefault();
    go({ code: now.code === story.code ? null : story.code });
    history.pushState(null, "", address());
  }));
  const drag = (event) => {
    const plot = event.target.closest(".plot");
    if (!plot || event.buttons !== 1) return;
    const box = plot.getBoundingClientRect();
    const at = Math.floor((event.clientX - box.left) / box.width * days);
    go({ day: iso(number(first) + Math.min(Math.max(at, 0), days - 1)) });
  };
  document.querySelector("table").addEventListener("pointerdown", drag);
  document.querySelector("table").addEventListener("pointermove", drag);
  addEventListener("hashchange", read);
  addEventListener("popstate", read);

  ["pick", "slider", "steps"].forEach((id) => { $(id).hidden = false; });
  $("bases").hidden = page.bases.length < 2;
  document.documentElement.classList.add("scripted");
  $("told").firstElementChild.open = false;
  read();
}
