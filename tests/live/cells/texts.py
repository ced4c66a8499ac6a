n, x, word = 7, 1234567.891, "path"

print(f"a{n}b")
print(f'{n} and {word!r}: {x:.1f} "quoted"')
print("one " "two " f"""three {n}" """)
print(f"{x:020,.2f}|{n:08,d}|{n:_d}|{1234567:_}|{1234567:015_}")
print(f"{word:>8}|{word:<8}|{word:^8}|{word:*^8}|{word:.2}|{word:6.1}|{word:08}")
print(f'{word}"', f"{word}'", f"""{word}" """, f'''say "{word}"''')

pairs = [("a", 1), ("b", 2)]
print(dict(pairs), dict(pairs, c=3), dict(a=1, b=2), dict({"a": 1}, b=4), dict())
more = {"z": 9}
print(dict(**more), dict(a=1, **more))
