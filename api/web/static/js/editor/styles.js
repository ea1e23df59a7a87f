// The policy of pages lets no text become a style. dmn-js writes some as text all the same: widths of
// columns, and where its mark stands. Here they go in by the style's own door, which is open to
// scripts; imported before dmn-js draws anything.

const { setAttribute } = Element.prototype;
const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
const SET_ASIDE = "data-style";

Element.prototype.setAttribute = function setAttributeByDoor(name, value) {
  if (name === "style") this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

Object.defineProperty(Element.prototype, "innerHTML", {
  get,
  set(html) {
    set.call(this, String(html).replace(/(<[^>]*\s)style=/g, `$1${SET_ASIDE}=`));
    for (const each of this.querySelectorAll(`[${SET_ASIDE}]`)) {
      each.style.cssText = each.getAttribute(SET_ASIDE);
      each.removeAttribute(SET_ASIDE);
    }
  },
});
