package io.github.camelzendesk.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A benchmark of one call in a Camel context, measured as all of them are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public abstract class CamelBenchmark {
    /** Its token is fresh for ever. */
    static final String ENDPOINT = "zendesk-auth:acme?url=acme&oauthAccessToken=constant";

    final CamelContext camel = new DefaultCamelContext();

    @Setup(Level.Trial)
    public void start() throws Exception {
        camel.start();
        prepare();
    }

    abstract void prepare() throws Exception;

    @TearDown(Level.Trial)
    public void stop() {
        camel.stop();
    }
}
