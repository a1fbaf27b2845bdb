'use strict';

// Each card is shown by the chat's own renderer: one message of a conversation that is not connected to anything.
async function show() {
  const cards = await (await fetch('/cards.json')).json();
  const place = document.getElementById('cards');
  for (const { name, card } of cards) {
    const article = document.createElement('article');
    const title = document.createElement('h2');
    title.textContent = name;
    const chat = document.createElement('div');
    article.append(title, chat);
    place.append(article);
    window.WebChat.renderWebChat({
      directLine: {
        activity$: still([{ id: name, type: 'message', timestamp: new Date().toISOString(), from: { id: 'campaigns', role: 'bot' }, channelId: 'directline',
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] }]),
        connectionStatus$: still([2]),
        postActivity: () => still(['x']),
        end: () => {},
      },
      styleOptions: { hideSendBox: true, adaptiveCardsParserMaxVersion: '1.6', bubbleMaxWidth: 640 },
    }, chat);
  }
}

function still(values) {
  const observable = { subscribe: (observer) => {
    const next = typeof observer === 'function' ? observer : (value) => observer.next?.(value);
    const ends = setTimeout(() => values.forEach(next));
    return { unsubscribe: () => clearTimeout(ends) };
  } };
  observable[Symbol.observable ?? '@@observable'] = () => observable;
  return observable;
}

show();
