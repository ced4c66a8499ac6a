x, n, s, big = 2.5, 3, "abc", 1234567.891
print(f"{x:.3f}|{x!r:>8}|{n:5d}|{s:>5}|{x=}|{n = }|{x=:.1f}|{{}}|{s!r}|{n:{n}}|{x:>{n}.{1}f}")
print(f"{1e16} {1e15} {2 / 3:.0f} {2.5:.0f} {0.125:.2f} {big:,.2f} {1 / 3} {1e100:.3f} {big:e}")
print(
    f"{n:05d} {-n:+d} {255:x} {255:#b} {10**12:,} {0.256:.1%} {big:g} {1e-7:g} {x:010.2f} {s:*^9}"
)
print(f"{float('nan'):.2f} {float('inf'):6.1f} {-0.0:.1f} {True} {True:d} {None} {[1.5, x]}")
print("%5.2f|%d|%s|%r|%-5s|%05d|%%|%e" % (x, n, s, s, s, n, 12345.678))
print("{:.2f} {:>4} {!r}".format(1.005, "a", s), "{1} {0}".format(1, 2), "{a:.1f}".format(a=2))
print(0.912255123003406, [0.0764887555215309, 5e-324], (1e-5, -0.0), str(0.0695570966043133))
print(round(2.675, 2), round(0.5), round(1.5), round(-2.5), round(7, 1), 0.1 + 0.2, 1e22, 1e-4)
print(f"a{x}bc{n}", 123456789.123456789, 1e16, 3.0, -1.5e-10, 2**53 + 1.0)
for k in range(-30, 40, 7):
    value = 7.0**k / 3
    print(value, f"{value:.4g} {value:.3e} {value:12.4f}")
