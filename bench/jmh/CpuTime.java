package dev.ablyauth.jmh;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an operation costs in processor time and memory: of the measuring thread alone,
 * and of the whole process, compiler and garbage collector too. Other programs on the
 * machine make the time of the clock longer, and these figures hardly.
 */
public final class CpuTime implements InternalProfiler {

	/** Microseconds of the measuring thread. */
	public static final String THREAD = "cpu.thread";

	/** Microseconds of the whole process. */
	public static final String PROCESS = "cpu.process";

	/** What the measuring thread allocated. */
	public static final String BYTES = "bytes";

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private long threadNanos;

	private long processNanos;

	private long bytes;

	@Override
	public String getDescription() {
		return "processor time and memory per operation";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		this.processNanos = this.system.getProcessCpuTime();
		this.bytes = workers().map(this.threads::getThreadAllocatedBytes).sum();
		this.threadNanos = workers().map(this.threads::getThreadCpuTime).sum();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
			IterationResult result) {
		double operations = result.getMetadata().getAllOps();
		long threadSpent = workers().map(this.threads::getThreadCpuTime).sum() - this.threadNanos;
		long processSpent = this.system.getProcessCpuTime() - this.processNanos;
		long allocated = workers().map(this.threads::getThreadAllocatedBytes).sum() - this.bytes;
		return List.of(mean(THREAD, threadSpent / 1000.0 / operations, "us/op"),
				mean(PROCESS, processSpent / 1000.0 / operations, "us/op"),
				mean(BYTES, allocated / operations, "B/op"));
	}

	/** JMH says in the names of its threads which of them run the benchmark. */
	private LongStream workers() {
		return LongStream.of(this.threads.getAllThreadIds())
			.filter((id) -> this.threads.getThreadInfo(id).getThreadName().contains("-jmh-worker-"));
	}

	private static ScalarResult mean(String name, double value, String unit) {
		return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
	}

}
