package io.teleport.soak;

import io.teleport.soak.Sampler.Sample;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a figure changes, by the line with the least squares through its samples, without those of the first third of the time.
 *
 * @param name of the figure
 * @param samples how many the line goes through
 * @param mean of them
 * @param least of them
 * @param most of them
 * @param growth of the line from the first of them to the last
 * @param limit for the growth
 */
record Trend(String name, int samples, double mean, long least, long most, double growth, double limit) {

    private static final int FEWEST_SAMPLES = 10;

    static Trend of(String name, List<Sample> all, ToLongFunction<Sample> figure, double limit) {
        double end = all.isEmpty() ? 0 : all.get(all.size() - 1).seconds();
        List<Sample> samples =
                all.stream().filter(sample -> sample.seconds() >= end / 3).toList();
        double meanTime =
                samples.stream().mapToDouble(Sample::seconds).average().orElse(0);
        double mean = samples.stream().mapToLong(figure).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (Sample sample : samples) {
            double time = sample.seconds() - meanTime;
            covariance += time * (figure.applyAsLong(sample) - mean);
            variance += time * time;
        }
        double slope = variance == 0 ? 0 : covariance / variance;
        double duration = samples.isEmpty() ? 0 : end - samples.get(0).seconds();
        return new Trend(
                name,
                samples.size(),
                mean,
                samples.stream().mapToLong(figure).min().orElse(0),
                samples.stream().mapToLong(figure).max().orElse(0),
                slope * duration,
                limit);
    }

    /** Too few samples show nothing. */
    boolean isFlat() {
        return samples >= FEWEST_SAMPLES && growth <= limit;
    }

    String row(String side, double unit) {
        return String.format(
                "| %s | %s | %d | %.2f | %.2f | %.2f | %+.2f | %.2f | %s |%n",
                side,
                name,
                samples,
                mean / unit,
                least / unit,
                most / unit,
                growth / unit,
                limit / unit,
                isFlat() ? "yes" : "NO");
    }
}
