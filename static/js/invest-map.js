// A map that can be moved, over the drawing of the server. It shows what the list says; the list is the way for the keyboard.

import "../vendor/leaflet-1.9.4/leaflet.js";

const L = window.L;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
let map, plots, box;
let outlines = new Map();

const rowOf = (number) => document.querySelector(`[data-plot="${CSS.escape(number)}"]`);

function open(place) {
  box = document.createElement("div");
  box.className = "moving-map";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", place.dataset.label);
  place.prepend(box);
  map = L.map(box, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    dragging: !L.Browser.mobile, // one finger scrolls the page, two move the map
    minZoom: 9,
    maxZoom: 16,
    zoomSnap: 0.25,
    fadeAnimation: false,
    zoomAnimation: false,
  });
  L.control.zoom({ position: "topright", zoomInTitle: place.dataset.in, zoomOutTitle: place.dataset.out }).addTo(map);
}

/* Names of districts stand west of them, and below the plots: none is covered. */
function ground(around) {
  map.createPane("names").style.zIndex = 450;
  L.geoJSON(around, {
    interactive: false,
    style: ({ properties: { kind, code }, geometry }) => ({ className: geometry.type === "Point" ? "map-point" : `map-${kind} map-of-${code}` }),
    pointToLayer: (_feature, at) => L.circleMarker(at, { radius: 4 }),
    onEachFeature: ({ properties: { kind, name } }, layer) => {
      const isPoint = layer instanceof L.CircleMarker;
      if (!isPoint && kind !== "district") return;
      const at = isPoint ? layer.getLatLng() : [layer.getBounds().getCenter().lat, layer.getBounds().getWest()];
      const direction = isPoint ? "right" : "left";
      const offset = [isPoint ? 8 : -6, 0];
      L.tooltip({ permanent: true, pane: "names", direction, offset, className: `map-name map-name-${kind}` }).setLatLng(at).setContent(name).addTo(map);
    },
  }).addTo(map);
}

/* A tooltip is text of the server's: it goes in as text. */
function said(told, scheme) {
  const words = document.createElement("div");
  for (const part of [told.name, told.availability_word, told.schematic && scheme]) {
    if (!part) continue;
    const line = document.createElement("div");
    line.textContent = part;
    words.append(line);
  }
  return words;
}

function light(number, on) {
  for (const layer of outlines.get(number) || []) {
    const drawn = layer.getElement?.();
    drawn?.classList.toggle("is-lit", on);
    if (on && layer.bringToFront) layer.bringToFront();
    layer.setZIndexOffset?.(on ? 1000 : 0);
  }
  rowOf(number)?.classList.toggle("is-lit", on);
}

function goTo(told) {
  const row = rowOf(told.id);
  if (!row) return location.assign(told.url);
  row.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  row.querySelector("a").focus({ preventScroll: true });
}

function draw(features, scheme) {
  plots?.remove();
  outlines = new Map();
  plots = L.featureGroup();
  for (const feature of features.filter((one) => one.geometry)) {
    const told = feature.properties;
    const outline = L.geoJSON(feature, { style: { className: `map-plot ${told.availability}` } }).getLayers()[0];
    const mark = L.divIcon({ className: `map-number ${told.availability}`, html: String(Number(told.number)), iconSize: [26, 26] });
    const disc = L.marker(outline.getBounds().getCenter(), { icon: mark, keyboard: false });
    for (const layer of [outline, disc]) {
      layer.bindTooltip(said(told, scheme), { direction: "top", offset: [0, -8] });
      layer.on({ mouseover: () => light(told.id, true), mouseout: () => light(told.id, false), click: () => goTo(told) });
      plots.addLayer(layer);
    }
    outlines.set(told.id, [outline, disc]);
  }
  plots.addTo(map);
}

/* Row and outline light up together, whether pointed at or reached by the keyboard. */
for (const [event, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(event, ({ target }) => {
    const row = target.closest?.("[data-plot]");
    if (row && map) light(row.dataset.plot, on);
  });
}

export async function show(place) {
  const answer = await fetch(place.dataset.map, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`the map was answered ${answer.status}`);
  const told = await answer.json();
  if (map) place.prepend(box);
  else {
    open(place);
    const whole = L.geoJSON(told.around).getBounds();
    map.fitBounds(whole);
    map.setMaxBounds(whole.pad(0.5));
    ground(told.around);
  }
  place.classList.add("has-map");
  map.invalidateSize();
  draw(told.features, place.dataset.scheme);
  if (plots.getLayers().length) map.fitBounds(plots.getBounds().pad(0.4), { maxZoom: 13, animate: false });
  box.dataset.drawn = told.features.length;
}
