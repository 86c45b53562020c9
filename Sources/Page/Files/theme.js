// Before anything is drawn, so that nothing is drawn twice: the theme that was chosen here before.
try {
  if (localStorage.theme === "dark" || localStorage.theme === "light") document.documentElement.dataset.theme = localStorage.theme;
} catch { /* as the system has it */ }
