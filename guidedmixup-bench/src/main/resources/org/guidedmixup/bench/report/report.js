'use strict';
(() => {
  const curves = JSON.parse(document.getElementById('data').textContent);
  // Okabe and Ito's colours: told apart with any colour vision, on light and dark paper.
  const colors = ['#8a8a8a', '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b8a800'];
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const chart = (id, title, values, unit) => new Chart(document.getElementById(id), {
    type: 'line',
    data: {
      labels: curves.map(c => c.epochs).reduce((a, b) => (b.length > a.length ? b : a), []),
      datasets: curves.map((c, i) => ({
        label: c.method,
        data: c[values],
        borderColor: colors[i % colors.length],
        backgroundColor: colors[i % colors.length],
        borderDash: i < colors.length ? [] : [6, 3],
        borderWidth: 2,
        pointRadius: c.epochs.length > 1 ? 0 : 4,
        pointHitRadius: 8,
        spanGaps: true,
        tension: 0,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: {mode: 'index', intersect: false},
      plugins: {title: {display: true, text: title}, legend: {position: 'bottom'}},
      scales: {
        x: {title: {display: true, text: 'epoch'}},
        y: {title: {display: true, text: unit}},
      },
    },
  });

  const charts = [
    chart('accuracy', 'Test accuracy', 'testTop1Percent', 'top-1 %'),
    chart('loss', 'Training loss', 'trainLoss', 'loss'),
  ];

  const paint = () => {
    const style = getComputedStyle(document.documentElement);
    const text = style.getPropertyValue('--text').trim();
    const line = style.getPropertyValue('--line').trim();
    for (const c of charts) {
      c.options.plugins.title.color = text;
      c.options.plugins.legend.labels.color = text;
      for (const axis of [c.options.scales.x, c.options.scales.y]) {
        axis.ticks.color = text;
        axis.title.color = text;
        axis.grid.color = line;
      }
      c.update();
    }
  };
  paint();
  dark.addEventListener('change', paint);
})();
