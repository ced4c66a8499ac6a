def total(n, *, k=1):
    """Add up."""
    s = 0
    for i in range(n):
        s += i * k
    while s > 100:
        s -= 7
    return s


def twice(n):
    return total(n) + total(n, k=2) if n > 2 else twice(n + 1)


def doubles(n):
    for i in range(n):
        yield 2 * i


class Optimizer:
    def __init__(self, lr=0.1):
        self.lr = lr

    def step(self, w):
        for _ in range(2):
            w = w - self.lr * w
        return w


print(total(10), twice(1), [total(i) for i in range(4)], sum(total(i) for i in range(4)))
print(list(map(total, [1, 2])), (lambda q: total(q) + 1)(5), max([3, 1, 2], key=total))
print(list(doubles(3)), Optimizer().step(1.0), Optimizer(lr=0.5).step(2.0))
d = {"b": 1, "a": 2.5, **{"c": 3}}
d["b"] *= 7
print(d, list(d), [*range(3), 9], (*[1, 2], 3), {k: 2 * v for k, v in d.items()}, dict(z=1, y=2))
first, *rest = [1, 2, 3]
print(first, rest, {1, 2} == {2, 1}, None, [None, True], {}, (), [], (1,), ["a'b", 'a"b', "\n"])
for i in range(2):
    for j in range(2):
        if i == j:
            continue
        print(i, j, end=";")
    else:
        print("else", sep="")
try:
    1 / 0
except ZeroDivisionError as error:
    print("caught:", error, repr(error))
try:
    list(zip([1, 2], [1], strict=True))
except ValueError as error:
    print(error)
numbers = [1, 2]
same = numbers
numbers *= 2
print(same, 7 // 2, -7 // 2, -7 % 3, 2**100, divmod(7, -2), 10**-2, 1_000)
if (n := 3) > 2 and 0 < n <= 3:
    print(f"{n = }", "yes" if n else "no")
squares = [
    total(i) * j
    for i in range(3)
    if i
    for j in (1, 2)
]  # fmt: skip
by_name = {f"n{i}": total(i) for i in range(3)}
if len([total(i) for i in range(2)]) > 5 or [total(i) for i in range(3)]:
    squares.append(max([total(i) for i in range(5)][1:]))


def table(n):
    rows = [[total(i + j) for i in range(n)] for j in range(n)]
    return [row for row in rows if total(2)], {i: rows[i][0] for i in range(n)}


print(squares, by_name, table(2), [x * 2 for x in [total(3)]])
