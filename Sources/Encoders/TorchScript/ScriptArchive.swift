internal import Files

/// The parts of a TorchScript archive: modules, constants and code.
///
/// Source: PyTorch, torch/csrc/jit/docs/serialization.md.
struct ScriptArchive {
    let archive: TorchArchive
    let modules: PickleTree
    let constants: PickleTree

    init(_ archive: TorchArchive) throws(WeightsError) {
        self.archive = archive
        self.modules = try Self.tree(archive, "data")
        self.constants = try Self.tree(archive, "constants")
    }

    private static func tree(_ archive: TorchArchive, _ name: String) throws(WeightsError) -> PickleTree {
        guard let pickle = try archive.contents("\(name).pkl") else {
            throw .damaged(file: archive.file.path, .malformedEntry(name: "\(name).pkl"))
        }
        return try PickleMachine.tree(pickle, file: archive.file.path, folder: name)
    }

    func failure(_ error: TorchScriptError) -> WeightsError { .script(file: archive.file.path, error) }

    /// The code that defines `type`; nil if there is none.
    ///
    /// - Parameters:
    ///   - type: The class or function with its path, `__torch__.package.module.Name`.
    ///   - budget: The bytes of code that may still be read, which becomes less.
    func source(of type: String, budget: inout Int) throws(WeightsError) -> ScriptSource? {
        let path = type.split(separator: ".").dropLast().joined(separator: "/")
        let entry = "code/\(path).py"
        guard let text = try archive.contents(entry) else { return nil }
        budget -= text.count
        guard budget >= 0 else { throw failure(.tooComplex) }
        do throws(ScriptLexer.Malformed) {
            return try ScriptSource(text)
        } catch {
            throw failure(.malformedCode(entry: entry, line: error.line))
        }
    }

    func object(_ object: GraphValue.Object) -> PickleObject {
        object.source == .modules ? modules.objects[object.index] : constants.objects[object.index]
    }

    /// The numbers of a tensor that is known to be small.
    func numbers(_ tensor: TorchTensor) throws(WeightsError) -> [Double] {
        guard tensor.shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) <= 1 << 20 else {
            throw failure(.tooComplex)
        }
        return try archive.stored(tensor, name: tensor.storage.entry).numbers()
    }
}
