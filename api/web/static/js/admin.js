// On a phone the tabs are wider than the screen: the one that is open is brought into sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
