package io.github.camelzendesk.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The growth curves as pictures. Stateless. */
final class Plots {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final int MARKER = 9;

    private Plots() {}

    static void write(List<Readings> rows, Path folder) throws IOException {
        XYChart memory = chart("Memory of an idle connection", "bytes on the heap, each connection", false);
        add(memory, rows, "managerBytes", ", manager");
        add(memory, rows, "endpointBytes", ", its endpoint besides");
        save(memory, folder.resolve("memory"));
        XYChart start = chart("Start-up, until all hold their stored token", "milliseconds", true);
        add(start, rows, "startMillis", "");
        save(start, folder.resolve("start"));
        XYChart refresh = chart("Refresh throughput, all due at once", "refreshes a second", false);
        add(refresh, rows, "refreshesPerSecond", "");
        save(refresh, folder.resolve("refresh"));
    }

    private static XYChart chart(String title, String unit, boolean logarithmic) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("connections in one JVM")
                .yAxisTitle(unit)
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(logarithmic);
        if (!logarithmic) {
            chart.getStyler().setYAxisMin(0.0);
        }
        chart.getStyler().setXAxisDecimalPattern("#,##0").setYAxisDecimalPattern("#,##0");
        chart.getStyler().setMarkerSize(MARKER).setLegendPosition(LegendPosition.OutsideE);
        return chart;
    }

    /** One line for each store; a size without the reading is left out. */
    private static void add(XYChart chart, List<Readings> rows, String reading, String suffix) {
        Map<String, Map<Double, Double>> lines = new LinkedHashMap<>();
        for (Readings row : rows) {
            double value = row.get(reading);
            if (!Double.isNaN(value)) {
                lines.computeIfAbsent(row.storeName() + suffix, unused -> new LinkedHashMap<>())
                        .put((double) row.connections(), value);
            }
        }
        lines.forEach(
                (name, points) -> chart.addSeries(name, List.copyOf(points.keySet()), List.copyOf(points.values())));
    }

    private static void save(XYChart chart, Path file) throws IOException {
        if (!chart.getSeriesCollection().isEmpty()) {
            ChartEncoder.saveChart(chart, file.toString(), "png");
        }
    }
}
