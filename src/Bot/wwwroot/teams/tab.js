// The dashboard in the personal tab of Teams. Who looks is said by Teams with a token, asked for anew with every look; nothing is kept here.
(() => {
  const every = 60_000;
  const teams = window.microsoftTeams;
  const at = (id) => document.getElementById(id);
  let isLooking = false;

  const say = (text) => {
    at('says').textContent = text;
    at('says').hidden = !text;
  };

  // Old figures without a word of their age would be believed.
  const instead = (text) => {
    at('dashboard').hidden = true;
    at('counts').textContent = '';
    say(text);
  };

  const line = (kind, text) => {
    const element = document.createElement('p');
    element.className = kind;
    element.textContent = text;
    return element;
  };

  const item = (...parts) => {
    const element = document.createElement('li');
    element.append(...parts);
    return element;
  };

  const show = (board) => {
    at('counts').textContent = board.counts;
    at('alert').textContent = board.alert;
    at('alert').hidden = !board.alert;
    at('totals').replaceChildren(...board.totals.map((total) => item(total)));
    at('rows').replaceChildren(...board.rows.map((row) => item(
      line('name', row.name), line('status', row.status), line('money', row.money), line('soft', row.last), ...(row.exposure ? [line('soft', row.exposure)] : []))));
    at('foot').textContent = [board.worst, `${board.sweep}.`, board.more].filter(Boolean).join(' ');
    at('at').textContent = `As of ${new Date().toLocaleTimeString()}. What can be done stands in the chat beside this page.`;
    at('dashboard').hidden = false;
    say('');
  };

  const refusals = {
    401: 'Your sign-in was not believed. Close this page and open it again; if that does not help, an administrator finds the reason in the log.',
    403: 'Your sign-in is for another app or another organisation. An administrator finds the reason in the log.',
    404: 'This page is switched off: an administrator sets Teams:PersonalTab.',
    503: 'Nobody can say just now who you are. It is tried again in a minute.',
  };

  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const token = await teams.authentication.getAuthToken().catch((fault) => { throw new Error(`Teams did not say who you are (${fault?.message ?? fault}). An administrator finds in docs/teams.md how the sign-in is set up.`); });
      const answer = await fetch('/teams/tab/dashboard', { headers: { authorization: `Bearer ${token}` }, cache: 'no-store' })
        .catch(() => { throw new Error('The bot does not answer. It is tried again in a minute.'); });
      if (!answer.ok) throw new Error(refusals[answer.status] ?? `The bot answered ${answer.status}. It is tried again in a minute.`);
      const board = await answer.json();
      if (board.says) instead(board.says);
      else show(board);
    } catch (fault) {
      instead(fault.message);
    } finally {
      isLooking = false;
    }
  };

  const paint = (theme) => { document.documentElement.dataset.theme = theme; };

  const begin = async () => {
    try {
      await teams.app.initialize();
      const context = await teams.app.getContext();
      paint(context.app.theme);
      teams.app.registerOnThemeChangeHandler(paint);
    } catch {
      instead('This page is shown by Microsoft Teams, in the tab of the app.');
      return;
    }

    at('again').addEventListener('click', look);
    setInterval(() => { if (!document.hidden) look(); }, every);
    await look();
  };

  begin();
})();
