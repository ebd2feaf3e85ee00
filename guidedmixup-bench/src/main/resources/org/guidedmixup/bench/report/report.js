'use strict';
(() => {
  const {curves, summary} = JSON.parse(document.getElementById('data').textContent);
  // Okabe and Ito's colours: distinguishable with any colour vision, on light and dark backgrounds.
  const colors = ['#8a8a8a', '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b8a800'];
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const color = i => colors[i % colors.length];
  const ink = () => getComputedStyle(document.documentElement).getPropertyValue('--text').trim();

  // A vertical line of one standard deviation up and down through every point that has one.
  const whiskers = {
    id: 'whiskers',
    afterDatasetsDraw: c => {
      const {ctx, scales: {y}} = c;
      ctx.save();
      ctx.strokeStyle = ink();
      ctx.lineWidth = 1.5;
      c.data.datasets.forEach((set, s) => c.getDatasetMeta(s).data.forEach((element, i) => {
        const sd = set.sds[i];
        const mean = set.means[i];
        if (sd === null || mean === null) return;
        const [top, bottom] = [y.getPixelForValue(mean + sd), y.getPixelForValue(mean - sd)];
        ctx.beginPath();
        for (const [x1, y1, x2, y2] of [[0, top, 0, bottom], [-5, top, 5, top], [-5, bottom, 5, bottom]]) {
          ctx.moveTo(element.x + x1, y1);
          ctx.lineTo(element.x + x2, y2);
        }
        ctx.stroke();
      }));
      ctx.restore();
    },
  };

  // Room for every whisker, with a margin; not from 0, which would make differences too small to see.
  const measured = summary.filter(m => m.top1 !== null);
  const reach = sign => measured.map(m => m.top1 + sign * (m.sd ?? 0));
  const lowest = Math.max(0, Math.floor(Math.min(...reach(-1)) - 2));
  const highest = Math.min(100, Math.ceil(Math.max(...reach(1)) + 2));
  const accuracyAxis = () => measured.length
    ? {min: lowest, max: highest, title: {display: true, text: 'top-1 %'}}
    : {title: {display: true, text: 'top-1 %'}};

  // Points, not bars: a bar would have to start at 0.
  const accuracies = () => new Chart(document.getElementById('summary'), {
    type: 'line',
    plugins: [whiskers],
    data: {
      labels: summary.map(m => m.method),
      datasets: [{
        data: summary.map(m => m.top1),
        means: summary.map(m => m.top1),
        sds: summary.map(m => m.sd),
        showLine: false,
        pointRadius: 6,
        pointBackgroundColor: summary.map((m, i) => color(i)),
        pointBorderColor: summary.map((m, i) => color(i)),
      }],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: {title: {display: true, text: 'Test accuracy by method'}, legend: {display: false}},
      scales: {x: {offset: true, title: {display: false}}, y: accuracyAxis()},
    },
  });

  const chart = (id, title, values, unit) => new Chart(document.getElementById(id), {
    type: 'line',
    data: {
      labels: curves.map(c => c.epochs).reduce((a, b) => (b.length > a.length ? b : a), []),
      datasets: curves.map((c, i) => ({
        label: c.method,
        data: c[values],
        borderColor: color(i),
        backgroundColor: color(i),
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
    accuracies(),
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
