import Encoders
import Testing

/// Code that torch never writes, and code of models that have no place here.
@Suite struct ScriptTracerTests {
    static func error(_ archive: [UInt8]) -> TorchScriptError? {
        guard case .script(_, let error) = TorchArchiveTests.error(archive) else { return nil }
        return error
    }

    static func error(in body: String) -> TorchScriptError? { error(scriptArchive(forward(body))) }

    static let unmapped: [(body: String, operation: String)] = [
        ("    return torch.fft_fft(input_ids)", "torch.fft_fft"),
        ("    return ops.mkl.conv(input_ids, mask)", "ops.mkl.conv"),
        ("    return input_ids", "input_ids"),
        ("    if torch.gt(mask, 1):\n      a = mask\n    else:\n      a = mask\n    return a", "if"),
        ("    for i in range(3):\n      a = mask\n    return mask", "for"),
        ("    while True:\n      a = mask\n    return mask", "while"),
        ("    self.state = mask\n    return mask", "assignment to an attribute"),
        ("    x = torch.dropout(mask, 0.5, True)\n    return x", "torch.dropout"),
        ("    x = torch.to(mask, 3)\n    return x", "torch.to"),
        ("    return torch.div(torch.sum(mask), torch.sum(mask))", "torch.div"),
        ("    return [torch.linear(mask, 1, 2), ]", "torch.linear"),
        ("    f = __torch__.package.run\n    return f(mask)", "__torch__.package.run"),
        ("    a, b, = torch.lstm(mask)\n    return a", "torch.lstm"), ("    return [[mask]]", "a list"),
        ("    return None", "None"),
        ("", "None"),
    ]

    @Test(arguments: unmapped)
    func operationsAreNamed(body: String, operation: String) {
        guard case .unmapped(let found, _) = Self.error(in: body) else { return record("\(body)") }
        #expect(found == operation)
    }

    /// Branches that do not depend on the input are taken as they are.
    @Test func knownConditions() {
        let body = """
                if torch.__isnot__(annotate(Optional[Tensor], None), None):
                  a = torch.first(mask)
                else:
                  if torch.eq(12, 12):
                    a, b, = torch.second(mask)
                  else:
                    a = torch.third(mask)
                return a
            """
        guard case .unmapped("torch.second", _) = Self.error(in: body) else { return record("taken") }
    }

    static let malformed: [(body: String, line: Int)] = [
        ("    return torch.add(mask", 6), ("    return )", 6), ("    a = b = \n    return a", 6),
        ("    a = mask\n      b = mask", 7), ("    return torch.add(mask mask)", 6), ("    a = 1.2.3\n    return a", 6),
        ("    if mask:\n    return mask", 6), ("    a = \"unclosed\n    return a", 6), ("    a = mask.\n    return a", 6),
        ("    \u{1}", 6), ("    a = torch.add(1, ]", 6),
    ]

    @Test(arguments: malformed)
    func malformedCode(body: String, line: Int) {
        guard case .malformedCode = Self.error(in: body) else { return record("\(body)") }
    }

    static let undefined: [(body: String, name: String)] = [
        ("    return nothing", "nothing"), ("    return self.weight", "weight"), ("    return CONSTANTS.c0", "CONSTANTS.c0"),
        ("    return (self).backward(mask, )", "__torch__.M.backward"),
        ("    return __torch__.other.run(mask)", "__torch__.other.run"), ("    return getattr(self, \"0\")", "0"),
    ]

    @Test(arguments: undefined)
    func undefinedNames(body: String, name: String) {
        #expect(Self.error(in: body) == .undefined(name: name))
    }

    @Test func classesWithoutCode() {
        let other = scriptArchive(forward("    return mask"), modules: module(("__torch__.a", "M")))
        #expect(Self.error(other) == .undefined(name: "__torch__.a.M.forward"))
        #expect(Self.error(scriptArchive("", modules: Array("N.".utf8))) == .undefined(name: "forward"))
    }

    /// Endless recursion, work that doubles with each line, nesting that would use up the stack.
    @Test func hostileCode() {
        #expect(Self.error(in: "    return (self).forward(input_ids, mask, )") == .tooComplex)
        let doubling = (0..<40).map { level in
            "  def f\(level)(self: __torch__.M, x: Tensor) -> Tensor:\n"
                + "    a = (self).f\(level + 1)(x, )\n    return (self).f\(level + 1)(x, )\n"
        }
        let code = forward("    return (self).f0(mask, )") + doubling.joined()
            + "  def f40(self: __torch__.M, x: Tensor) -> Tensor:\n    return x\n"
        #expect(Self.error(scriptArchive(code)) == .tooComplex)
        let lists = (0..<40_000).map { "    mask = [mask, mask, \($0)]" }.joined(separator: "\n")
        #expect(Self.error(in: lists + "\n    return mask") == .tooComplex)
        for (open, close) in [("(", ")"), ("[", "]"), ("torch.f(", ")")] {
            let nested = String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
            guard case .malformedCode = Self.error(in: "    return " + nested) else { return record("taken") }
        }
        let branches = (0..<2_000).map { String(repeating: " ", count: $0 + 4) + "if True:\n" }.joined()
        guard case .malformedCode = Self.error(in: branches + String(repeating: " ", count: 3_000) + "a = 1") else {
            return record("taken")
        }
        let filler = String(repeating: "    a = mask\n", count: 400_000)
        #expect(Self.error(in: filler + "    return a") == .tooComplex)
        let links = "    return torch" + String(repeating: ".a", count: 100_000) + "(mask)"
        guard case .malformedCode = Self.error(in: links) else { return record("taken") }
    }

    /// The same small sum again and again: its terms would be more than atoms.
    @Test func sharedSums() {
        let sums = (0..<64).map { _ in "    mask = torch.add(mask, mask)" }.joined(separator: "\n")
        let body = sums + "\n    mask = torch.layer_norm(mask, [1], CONSTANTS.c0, CONSTANTS.c0)\n"
            + "    return torch.select(mask, 1, 0)"
        var builder = PickleBuilder()
        builder.op("(")
        builder.tensor(count: 1, shape: [1], strides: [1])
        builder.op("t")
        builder.op(".")
        guard case .unmapped = Self.error(scriptArchive(forward(body), constants: builder.bytes)) else {
            return record("taken")
        }
    }

    static let forbidden = [
        ("os", "system"), ("builtins", "eval"), ("torch", "load"), ("__torch", "M"), ("torch._utils", "_rebuild"),
    ]

    @Test(arguments: forbidden)
    func forbiddenGlobals(module name: String, type: String) {
        let archive = scriptArchive(forward("    return mask"), modules: module((name, type)))
        guard case .forbiddenGlobal(_, let found) = TorchArchiveTests.error(archive) else { return record("taken") }
        #expect(found == "\(name).\(type)")
    }

    /// Only TorchScript's own archives have modules.
    @Test func checkpointsHaveNoModules() {
        guard case .forbiddenGlobal(_, name: "__torch__.M") = TorchArchiveTests.error(torchArchive(module())) else {
            return record("taken")
        }
    }
}
