@testable import Analysis

/// A token as tests write it down.
func line(_ token: Token) -> String {
    var text = "\(token.term) \(token.startOffset)-\(token.endOffset)@\(token.position)"
    if token.positionLength != 1 { text += "+\(token.positionLength)" }
    return text
}

extension TokenStream {
    var terms: [String] { tokens.map(\.term) }
    var lines: [String] { tokens.map(line) }
}

/// An analyzer of components without an index.
func analyzer(
    _ tokenizer: ComponentReference?, _ filters: [ComponentReference] = [], charFilters: [ComponentReference] = []
) throws -> Analyzer {
    try AnalysisRegistry.standard.analyzer(tokenizer: tokenizer, charFilters: charFilters, filters: filters, isGlobal: true)
}

/// A component described by a type and settings.
func described(_ type: String, _ settings: [String: SettingValue] = [:]) -> ComponentReference {
    .definition(settings.merging(["type": .string(type)]) { $1 })
}

func builtIn(_ name: String, _ text: String) throws -> [String] {
    let found = AnalysisRegistry.standard.analyzer(name)
    guard let found else { return ["no analyzer \(name)"] }
    return try found.tokens(of: text).terms
}

/// Numbers that look random, the same in every run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
