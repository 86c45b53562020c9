/// What a sealed part of an index keeps of each vector in memory; candidates found with it are compared again exactly.
public enum Quantization: String, CaseIterable, Sendable {
    case none
    case int8
    case int4
    case bit
}
