import Testing

@testable import Scripts

@Suite struct InterpreterTests {
    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("7 / 2", "3"), ("-7 / 2", "-3"), ("-7 % 3", "-1"), ("7 / 2.0", "3.5"), ("1L + 1", "2"),
        ("2147483647 + 1", "-2147483648"), ("9223372036854775807L + 1", "-9223372036854775808"), ("0x1F", "31"),
        ("010", "8"), ("1e3", "1000.0"), ("1.0f / 3", "0.33333334"), ("1d / 3", "0.3333333333333333"), ("5.5 % 2", "1.5"),
        ("1 / 0.0", "Infinity"), ("0.0 / 0", "NaN"), ("(int) 3.9", "3"), ("(int) -3.9", "-3"), ("(long) 1e30", "9223372036854775807"),
        ("(byte) 200", "-56"), ("(char) 65", "A"), ("'a' + 1", "a1"), ("1 + 'a' + 2", "1a2"), ("\"it's\"", "it's"),
        ("1 << 33", "2"), ("-8 >> 1", "-4"), ("-1 >>> 28", "15"), ("5 & 3 | 8 ^ 1", "9"), ("~5", "-6"), ("true ^ true", "false"),
        ("1 == 1.0", "true"), ("1 != 1L", "false"), ("'a' == 'a'", "true"), ("null == null", "true"), ("[1] == [1]", "true"),
        ("[1] === [1]", "true"), ("1 < 2 && 2 <= 2 || false", "true"), ("!true", "false"), ("1 > 2 ? 'a' : 3 > 2 ? 'b' : 'c'", "b"),
        ("def x = null; return x ?: 5", "5"), ("def x = null; x?.foo", "null"), ("def x = null; x?.foo(1)", "null"),
        ("def x = 1; x += 2; x *= 3; x", "9"), ("int x = 5; x /= 2; x", "2"), ("int x = 1; x += 1.9; x", "2"),
        ("int x = 1; int y = x++ + ++x; y", "4"), ("long x = 5; x", "5"), ("double x = 5; x", "5.0"), ("String s; s", "null"),
        ("int x; x", "0"), ("int x = 2, y = 3; x * y", "6"), ("def x = 'a'; x += 1; x", "a1"),
        ("int s = 0; for (int i = 0; i < 5; ++i) { if (i == 3) continue; s += i } s", "7"),
        ("int s = 0; for (def x : [1, 2, 3]) s += x; s", "6"), ("int s = 0; for (x in [1, 2, 3]) { s += x } return s;", "6"),
        ("int i = 0; while (true) { i++; if (i > 4) break; } i", "5"), ("int i = 9; do { i++ } while (i < 5); i", "10"),
        ("if (1 > 2) { return 'a' } else if (2 > 1) return 'b'; return 'c'", "b"),
        ("int f(int x) { return x < 2 ? x : f(x - 1) + f(x - 2) } f(10)", "55"),
        ("def f(def a, def b) { a + b } f('x', 1)", "x1"),
        ("try { return 1 / 0 } catch (ArithmeticException e) { return e.getMessage() }", "/ by zero"),
        ("try { throw new IllegalArgumentException('no') } catch (Exception e) { return e.message }", "no"),
        ("int x = 1; // one\n/* two\n */ x + 1", "2"), ("[1, 'a', [2]] instanceof List", "true"), ("1 instanceof Integer", "true"),
        ("['a': 1, 'b': [1, 2]]", "{a=1, b=[1, 2]}"), ("[:]", "{}"), ("[]", "[]"), ("new int[3].length", "3"),
        ("int[] a = new int[] {1, 2}; a[1] = 5; a[0] + a[1]", "6"), ("[1, 2, 3][-1]", "3"), ("def l = [1]; l.0 = 4; l[0]", "4"),
        ("def m = [:]; m.a = 1; m['b'] = 2; m.a + m.b", "3"), ("def m = ['a': 1]; m.a++; m.a += 5; m.a", "7"),
        ("def x = 5; boolean b = x instanceof String; b", "false"), ("1.0E10", "1.0E10"), ("100000.0", "100000.0"), ("1e-5", "1.0E-5"),
        ("0.001", "0.001"), ("12345678.9", "1.23456789E7"), ("1.0f", "1.0"), ("(float) 1.1", "1.1"), ("-0.0", "-0.0"),
    ])
    func computes(_ source: String, _ expected: String) throws {
        #expect(try run(source) == expected)
    }

    @Test func faults() {
        let cases: [(String, ScriptFault)] = [
            ("1 / 0", .divisionByZero), ("5 % 0", .divisionByZero), ("def x = null; x.foo", .nullReference("foo")),
            ("def x = null; x.foo()", .nullReference("foo")), ("[1][1]", .indexOutOfBounds(index: 1, count: 1)),
            ("[1].get(-1)", .indexOutOfBounds(index: -1, count: 1)),
            ("'a'.foo()", .unknownMethod(type: "java.lang.String", name: "foo", arguments: 0)),
            ("'a' - 1", .cannotApply(operation: "-", left: "java.lang.String", right: "java.lang.Integer")),
            ("int x = 1.5; x", .cannotCast(from: "java.lang.Double", to: "int")),
            ("'abc'.substring(2, 1)", .stringIndexOutOfBounds(begin: 2, end: 1, count: 3)),
            ("Integer.parseInt('x')", .numberFormat("x")), ("if (1) return 2", .cannotCast(from: "java.lang.Integer", to: "boolean")),
            ("throw new IllegalStateException('x')", .thrown(type: "IllegalStateException", message: "x")),
            ("doc['f'].value", .unmappedField("f")), ("params.a.b = 1", .nullReference("b")), ("params.a = 1", .unsupportedOperation),
            ("def l = [1, 2]; for (x in l) { l.add(1) }", .concurrentModification),
        ]
        for (source, expected) in cases { #expect(fault(source) == expected, "\(source)") }
    }

    @Test(arguments: [
        "while (true) { def x = 1 }", "for (;;) { def x = 1 }", "int i = 0; do { i = 1 } while (true);",
        "int s = 0; for (int i = 0; i < 100000; i++) for (int j = 0; j < 100000; j++) s++;",
        "def l = []; for (int i = 0; i < 900000; i++) { l.add(i); l.contains(-1) }",
        "def l = [1]; l.add(l); return l.toString()", "def f(def x) { return f(x) } f(1)",
        "def s = 'aaaaaaaaaaaaaaaaaaaaaaaa'; for (int i = 0; i < 40; i++) s += s; s.length()",
        "def l = []; for (int i = 0; i < 60; i++) { l = [l, l] } l", "'a'.repeat(2000000000)", "new int[2000000000]",
        "new long[10000][10000]", "def a = []; a.add(a); def b = []; b.add(b); a == b",
        "/(a+)+b/.matcher('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').matches()",
    ])
    func endless(_ source: String) throws {
        let limits: [ScriptFault?] = [.tooMuchWork, .tooMuchMemory, .callsTooDeep, .patternTooSlow]
        #expect(limits.contains(try limit(source)), "\(source)")
    }

    @Test func limitsCannotBeCaught() throws {
        #expect(try limit("try { while (true) { def x = 1 } } catch (Exception e) { return 1 }") == .tooMuchWork)
    }

    @Test func shadowedTypesStayPrecise() throws {
        // A slot is used again by a variable of another type.
        #expect(try run("{ int a = 1; a += 1 } double b = 1; b += 0.5; b") == "1.5")
        #expect(try run("for (int i = 0; i < 2; i++) {} def s = 'x'; s += 1.5; s") == "x1.5")
    }
}
