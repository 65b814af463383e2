(function () {
  "use strict";
  var seen = -1, pick = document.getElementById("pick"), chat = document.getElementById("chat");

  function query(token) {
    var parts = [];
    new FormData(pick).forEach(function (value, name) {
      if (value) { parts.push(encodeURIComponent(name) + "=" + encodeURIComponent(value)); }
    });
    if (token) { parts.push("token=" + encodeURIComponent(token)); }
    return "/preview/chat?" + parts.join("&");
  }

  function where() { /* the place in the chat, so that a saved change shows where one was looking */
    try { return chat.contentDocument.querySelector("[name=here]").value; } catch (nowhere) { return ""; }
  }

  function ask() {
    fetch("/preview/news?seen=" + seen).then(function (answer) { return answer.json(); }).then(function (news) {
      if (news.version > seen) {
        if (seen >= 0) {
          if (!pick.querySelector("[name=flow] option")) { window.location.reload(); return; } /* the first that loads */
          chat.src = query(where());
          document.getElementById("flows").src = "/preview/flows";
        }
        seen = news.version;
        document.getElementById("findings").textContent = news.findings;
      }
      document.getElementById("state").textContent = "";
      ask();
    }).catch(function () {
      document.getElementById("state").textContent = "(the preview has stopped)";
      window.setTimeout(ask, 1000);
    });
  }

  pick.addEventListener("submit", function (event) { event.preventDefault(); chat.src = query(""); });
  pick.addEventListener("change", function (event) {
    chat.src = query(event.target.name === "moment" ? where() : "");
  });
  ask();
}());
