import Testing

@testable import Scripts

/// Functions as values, streams and collectors.
@Suite struct FunctionTests {
    @Test(arguments: [
        ("def f = x -> x + 1; f.apply(2)", "3"), ("int f(int x) { x * 2 } [1, 2].stream().map(this::f).collect(Collectors.toList())", "[2, 4]"),
        ("boolean c(Supplier s, def v) { return s.get() == v; } c(() -> { return 5 }, 5)", "true"),
        ("['a', 'b'].stream().map(String::toUpperCase).collect(Collectors.joining('-', '<', '>'))", "<A-B>"),
        ("[3, 1, 2].stream().sorted(Comparator.reverseOrder()).collect(Collectors.toList())", "[3, 2, 1]"),
        ("[3, 1, 2].stream().max(Comparator.naturalOrder()).get()", "3"), ("[1, 2, 3].stream().reduce(0, Integer::sum)", "6"),
        ("['a', 'bb', 'cc'].stream().collect(Collectors.groupingBy(String::length, Collectors.counting()))", "{1=1, 2=2}"),
        ("['a', 'bb'].stream().collect(Collectors.toMap(x -> x, x -> x.length()))", "{a=1, bb=2}"),
        ("IntStream.range(0, 4).mapToObj(i -> 'x' + i).collect(Collectors.joining())", "x0x1x2x3"),
        ("[1, 2, 3].stream().mapToDouble(x -> x).average().getAsDouble()", "2.0"), ("[[1, 2], [3]].stream().flatMap(l -> l.stream()).count()", "3"),
        ("Optional.ofNullable(null).map(x -> x + 1).orElse(7)", "7"), ("[1, 2].stream().collect(Collectors.toCollection(ArrayList::new))", "[1, 2]"),
        ("def l = [5, 3]; l.sort(Comparator.comparing(x -> -x)); l", "[5, 3]"), ("Map m = ['a': 1]; m.merge('a', 5, Integer::sum); m.a", "6"),
        ("[1, 2, 3].groupBy(x -> x % 2)", "{1=[1, 3], 0=[2]}"), ("'abc'.replaceAll(/b/, m -> m.group().toUpperCase())", "aBc"),
        ("String.format('%s-%05d-%.2f', new def[] {'a', 42, 1.5})", "a-00042-1.50"), ("Deque d = new ArrayDeque(); d.push(1); d.push(2); d.pop()", "2"),
        ("int n = 5; def f = x -> x + n; [1].stream().map(f).collect(Collectors.toList())", "[6]"),
        ("def make() { return 1 } def g(Function f) { return f.apply(2) } g(x -> x * 3)", "6"),
    ] as [(String, String)])
    func functions(_ source: String, _ expected: String) throws {
        #expect(try run(source) == expected)
    }

    /// Its variables are gone with the frame.
    @Test func aFunctionDoesNotOutliveItsFrame() {
        #expect(fault("def make() { def n = 1; return x -> x + n } make().apply(1)") == .unusableValue("lambda"))
    }

    @Test func endlessFunctionsEnd() {
        #expect(fault("def f(def x) { return [x].stream().map(this::f).collect(Collectors.toList()) } f(1)") == .callsTooDeep)
        #expect(fault("IntStream.range(0, 2000000000).sum()") == .tooMuchWork)
    }

    @Test(arguments: [
        ("while (true) {}", "no paths escape from while loop"), ("while (false) { return 1 }", "extraneous while loop"),
        ("for (;;) {}", "no paths escape from for loop"),
    ])
    func uselessLoops(_ source: String, _ reason: String) {
        #expect(fault(source) == .uselessLoop(reason))
    }
}
