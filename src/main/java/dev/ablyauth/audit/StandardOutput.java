package dev.ablyauth.audit;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Tells whether standard output takes what is logged. It tells so only by an error that
 * it remembers for good, so after one it begins anew: what was not taken is lost, and the
 * next line may be taken.
 */
final class StandardOutput {

	private final Supplier<OutputStream> fresh;

	StandardOutput() {
		this(() -> new FileOutputStream(FileDescriptor.out));
	}

	/**
	 * Creates it, and replaces nothing.
	 * @param fresh where standard output begins anew
	 */
	StandardOutput(Supplier<OutputStream> fresh) {
		this.fresh = fresh;
	}

	/**
	 * Logs a line.
	 * @param line logs it
	 * @return whether it was taken; false also where another line was not, at the same
	 * time
	 */
	boolean takes(Runnable line) {
		PrintStream out = System.out;
		line.run();
		if (out.equals(System.out) && !out.checkError()) {
			return true;
		}
		beginAnew(out);
		return false;
	}

	private synchronized void beginAnew(PrintStream failed) {
		if (failed.equals(System.out)) {
			OutputStream next = new BufferedOutputStream(this.fresh.get());
			// The line that failed may be there in part. This one goes out with the next.
			new PrintStream(next).write('\n');
			System.setOut(new PrintStream(next, true));
		}
	}

}
