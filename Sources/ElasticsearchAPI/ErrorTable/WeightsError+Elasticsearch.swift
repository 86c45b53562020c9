internal import Encoders

extension WeightsError {
    var reason: String {
        switch self {
        case .file(let error): error.reason
        case .unknownFormat(let file): "[\(file)] is neither safetensors nor a torch archive"
        case .damaged(let file, let damage): "[\(file)] is damaged: \(damage.reason)"
        case .unsupported(let file, let unsupported): "[\(file)] is not supported: \(unsupported.reason)"
        case .outOfBounds(let file, let tensor): "[\(file)]: tensor [\(tensor)] reaches outside of the file"
        case .overlapping(let file, let first, let second): "[\(file)]: tensors [\(first)] and [\(second)] overlap"
        case .forbiddenGlobal(let file, let name): "[\(file)] refers to [\(name)], which is no tensor"
        case .script(let file, let error): "[\(file)] \(error.reason)"
        case .missing(let file, let tensor): "[\(file)] lacks the tensor [\(tensor)]"
        case .unexpected(let file, let tensors):
            "[\(file)] has tensors that the model has no place for: [\(tensors.joined(separator: ", "))]"
        case .wrongShape(let file, let tensor, let expected, let found):
            "[\(file)]: tensor [\(tensor)] has the shape \(Self.text(found)) instead of \(Self.text(expected))"
        }
    }

    private static func text(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }
}

extension WeightsError.Damage {
    fileprivate var reason: String {
        switch self {
        case .truncated: "it ends too early"
        case .headerTooLarge(let bytes): "its header has [\(bytes)] bytes"
        case .malformedHeader(let tensor): "its header is malformed\(tensor.map { " at tensor [\($0)]" } ?? "")"
        case .gap(let tensor): "there are bytes of no tensor \(tensor.map { "before tensor [\($0)]" } ?? "at the end")"
        case .malformedArchive: "its directory is malformed"
        case .malformedEntry(let name): "its entry [\(name)] is malformed"
        case .malformedPickle(let offset): "its pickle is malformed at byte [\(offset)]"
        case .pickleLimit(let offset): "its pickle is too large or too deep at byte [\(offset)]"
        case .notTensors: "it holds something else than tensors"
        }
    }
}

extension WeightsError.Unsupported {
    fileprivate var reason: String {
        switch self {
        case .elementType(let tensor, let type): "tensor [\(tensor)] has elements of type [\(type)]"
        case .compressedEntry(let name): "entry [\(name)] is compressed"
        case .bigEndian: "its numbers are big-endian"
        case .pickleOperation(let code, let offset): "pickle operation [\(code)] at byte [\(offset)]"
        }
    }
}

extension TorchScriptError {
    fileprivate var reason: String {
        switch self {
        case .malformedCode(let entry, let line): "is damaged: the code of [\(entry)] is malformed at line [\(line)]"
        case .undefined(let name): "is damaged: its code refers to [\(name)], which is not there"
        case .tooComplex: "has code that is too large or too deeply nested"
        case .unmapped(let operation, let expected):
            "is no model that can be run here: its first operation that could not be mapped is [\(operation)], "
                + "where known models have [\(expected)]"
        }
    }
}
