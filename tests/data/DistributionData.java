// SPDX-License-Identifier: Apache-2.0
import java.math.BigInteger;
import java.util.SplittableRandom;

/**
 * What base/distribution.h has to draw, by the JDK's StrictMath:
 *
 *     java DistributionData.java > distribution_java.tsv
 *
 * A line is a kind, its two times in nanoseconds (0 where it has one), the key in hexadecimal and
 * the draw, between tabs.
 */
public class DistributionData {
  static final long MOST = 315360000000000000L;

  /** SplitMix64: the number that follows the state `key`. */
  static long bits(long key) {
    long z = key + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  static double fraction(long bits) {
    return Math.scalb((double) (2 * (bits >>> 12) + 1), -53);
  }

  /** Horner's rule, the constant term first in the list. */
  static double polynomial(double x, double... c) {
    double sum = c[c.length - 1];
    for (int i = c.length - 2; i >= 0; i--) {
      sum = sum * x + c[i];
    }
    return sum;
  }

  /** Wichura's PPND16, with the paper's names a .. f. */
  static double quantile(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * (polynomial(r, 3.3871328727963666080e0, 1.3314166789178437745e2,
          1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4,
          6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)
          / polynomial(r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
          5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
          2.8729085735721942674e4, 5.2264952788528545610e3));
    }
    double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double size;
    if (r <= 5) {
      r -= 1.6;
      size = polynomial(r, 1.42343711074968357734e0, 4.63033784615654529590e0,
          5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
          2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
          / polynomial(r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
          6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
          5.47593808499534494600e-4, 1.05075007164441684324e-9);
    } else {
      r -= 5;
      size = polynomial(r, 6.65790464350110377720e0, 5.46378491116411436990e0,
          1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
          1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
          / polynomial(r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
          1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
          1.42151175831644588870e-7, 2.04426310338993978564e-15);
    }
    return q < 0 ? -size : size;
  }

  static long whole(double ns) {
    return ns < (double) MOST ? (long) StrictMath.floor(ns + 0.5) : MOST;
  }

  static long draw(String kind, long a, long b, long key) {
    long bits = bits(key);
    switch (kind) {
      case "uniform": {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(bits));
        return a + unsigned.multiply(BigInteger.valueOf(b - a + 1)).shiftRight(64).longValueExact();
      }
      case "lognormal": {
        double sigma = StrictMath.log((double) b / (double) a) / 2.3263478740408408;
        return whole(a * StrictMath.exp(sigma * quantile(fraction(bits))));
      }
      case "exponential":
        return whole(a * -StrictMath.log(fraction(bits)));
      case "unit":
        return whole(-StrictMath.log(fraction(bits)) * 4294967296.0);
      default:
        return a;
    }
  }

  /** The key whose bits are these: SplitMix64 backwards. */
  static long keyOf(long bits) {
    long z = unshift(bits, 31) * inverse(0x94d049bb133111ebL);
    z = unshift(z, 27) * inverse(0xbf58476d1ce4e5b9L);
    return unshift(z, 30) - 0x9e3779b97f4a7c15L;
  }

  static long unshift(long z, int n) {
    return z ^ (z >>> n) ^ (z >>> 2 * n);
  }

  static long inverse(long odd) {
    return BigInteger.valueOf(odd).modInverse(BigInteger.ONE.shiftLeft(64)).longValue();
  }

  static void line(String kind, long a, long b, long key) {
    System.out.printf("%s\t%d\t%d\t%016x\t%d%n", kind, a, b, key, draw(kind, a, b, key));
  }

  public static void main(String[] arguments) {
    SplittableRandom random = new SplittableRandom(19);
    long[] ends = {0, -1, 1L << 12, 5000L << 12, -1L << 13, -1L << 31, 1L << 40, 1L << 63};
    String[] kinds = {"constant", "uniform", "lognormal", "exponential", "unit"};
    for (String kind : kinds) {
      for (int i = 0; i < 120; i++) {
        long key = i < ends.length ? keyOf(ends[i]) : random.nextLong();
        long a = 1 + random.nextLong(1L << random.nextInt(1, 50));
        long b = a + random.nextLong(1L << random.nextInt(1, 56));
        line(kind, a, kind.equals("uniform") || kind.equals("lognormal") ? b : 0, key);
      }
      line(kind, MOST, kind.equals("uniform") || kind.equals("lognormal") ? MOST : 0, 1);
    }
  }
}
