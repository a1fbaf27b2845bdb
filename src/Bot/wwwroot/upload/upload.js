// Hands in files with the pass that stands behind the # of the address: nobody but this page and the bot sees it.
(() => {
  const pass = location.hash.slice(1);
  const at = (id) => document.getElementById(id);
  const say = (text) => { at('says').textContent = text; };
  const most = 500 * 1024 * 1024;
  let isSending = false;

  const send = async (files) => {
    if (!files.length) return;
    if (isSending) { say('The files before these are still on their way; send these again in a moment.'); return; }
    const heavy = [...files].find((file) => file.size > most);
    if (heavy) { say(`${heavy.name} is heavier than the 500 MB that a film may have. Nothing was sent.`); return; }

    isSending = true;
    say(`Sending ${files.length === 1 ? files[0].name : `${files.length} files`}…`);
    const form = new FormData();
    for (const file of files) form.append('file', file, file.name);
    try {
      const answer = await fetch('/upload', { method: 'POST', headers: { authorization: `Bearer ${pass}` }, body: form });
      say((await answer.json()).says);
    } catch {
      say('The files did not arrive. Try again; nothing was taken.');
    } finally {
      isSending = false;
      at('files').value = '';
    }
  };

  if (!pass) say('This page is opened by the link in Teams: press "Send the files to me" there.');
  at('files').addEventListener('change', (event) => send(event.target.files));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => { event.preventDefault(); send(event.dataTransfer.files); });
})();
