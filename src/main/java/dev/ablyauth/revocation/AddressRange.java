package dev.ablyauth.revocation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, of which one address is the smallest. All are kept as IPv6, so
 * that an IPv4 address is the same however the client's connection shows it (RFC 4291
 * 2.5.5.2).
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 * @param prefix how many bits all addresses of the range have in common, 0 to 128
 */
record AddressRange(long high, long low, int prefix) {

	/** One address. */
	static final int BITS = 128;

	/** What comes before the 32 bits of IPv4. */
	private static final int MAPPED = 96;

	private static final long MAPPED_MARK = 0xffffL << 32;

	/** Wider ones are a slip of the pen: they would deny a good part of the world. */
	private static final int WIDEST_IPV4 = 8;

	private static final int WIDEST_IPV6 = 16;

	private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

	private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

	/**
	 * Reads a range, or one address.
	 * @throws IllegalArgumentException if it is none
	 */
	static AddressRange parse(String text) {
		int slash = text.indexOf('/');
		AddressRange address = address((slash < 0) ? text : text.substring(0, slash));
		if (address == null) {
			throw new IllegalArgumentException("must be an address or a range, such as 192.0.2.0/24 or 2001:db8::/32");
		}
		if (slash < 0) {
			return address;
		}
		AddressRange range = address.masked(length(text, slash, address.isIpv4()));
		if (range.high != address.high || range.low != address.low) {
			throw new IllegalArgumentException("has bits beyond its length, expected " + range);
		}
		if (!range.isIpv4() && new AddressRange(0, MAPPED_MARK, BITS).masked(range.prefix).equals(range)) {
			throw new IllegalArgumentException("has all addresses of IPv4 in it");
		}
		return range;
	}

	private static int length(String text, int slash, boolean ipv4) {
		String digits = text.substring(slash + 1);
		int longest = ipv4 ? BITS - MAPPED : BITS;
		int shortest = ipv4 ? WIDEST_IPV4 : WIDEST_IPV6;
		int length = LENGTH.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
		// ::ffff:192.0.2.0/120 counts the bits before IPv4 too.
		int given = (ipv4 && text.indexOf(':') >= 0) ? length - MAPPED : length;
		if (given < shortest || given > longest) {
			throw new IllegalArgumentException("has a length that is not " + shortest + " to " + longest);
		}
		return ipv4 ? MAPPED + given : given;
	}

	/**
	 * Reads one address, and never looks a name up.
	 * @return the address, or null if it is none
	 */
	static @Nullable AddressRange address(String text) {
		int zone = text.indexOf('%');
		String plain = (zone < 0) ? text : text.substring(0, zone);
		if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
			return null;
		}
		try {
			return of(InetAddress.getByName(plain).getAddress());
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static AddressRange of(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		return (bytes.length == Integer.BYTES)
				? new AddressRange(0, MAPPED_MARK | Integer.toUnsignedLong(buffer.getInt()), BITS)
				: new AddressRange(buffer.getLong(), buffer.getLong(), BITS);
	}

	/** The range of this length in which the address is. */
	AddressRange masked(int length) {
		long highMask = (length >= Long.SIZE) ? -1L : (length == 0) ? 0 : -1L << (Long.SIZE - length);
		int left = Math.max(length - Long.SIZE, 0);
		long lowMask = (left == 0) ? 0 : -1L << (Long.SIZE - left);
		return new AddressRange(this.high & highMask, this.low & lowMask, length);
	}

	private boolean isIpv4() {
		return this.high == 0 && (this.low & ~0xffffffffL) == MAPPED_MARK;
	}

	/** The only form of this range. */
	@Override
	public String toString() {
		String address = isIpv4() ? text(ByteBuffer.allocate(Integer.BYTES).putInt((int) this.low).array())
				: text(ByteBuffer.allocate(2 * Long.BYTES).putLong(this.high).putLong(this.low).array());
		int length = isIpv4() ? this.prefix - MAPPED : this.prefix;
		return (this.prefix == BITS) ? address : address + "/" + length;
	}

	private static String text(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes).getHostAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("4 and 16 bytes are addresses", ex);
		}
	}

}
