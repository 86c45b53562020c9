internal import Foundation

/// Reads a script as arithmetic of columns.
struct ColumnBuilder {
    /// A part of the script: the same for all documents, or something for each.
    enum Part {
        case constant(ScriptValue)
        /// - Parameter mayBeInt: whether some documents' values are 32-bit integers to the script.
        case decimal(ColumnNode, mayBeInt: Bool)
        case long(LongNode, mayBeInt: Bool)
        case condition(ConditionNode)
    }

    /// Locals are put in where they stand: a script that uses one over and over would become too long.
    static let maximumNodes = 200

    let compiled: CompiledScript
    let sites: [Int?]
    let kind: (String) -> ColumnKind?
    var inputs: [ColumnInput] = []
    var locals: [Int: Part] = [:]
    var nodes = 0

    init(compiled: CompiledScript, sites: [Int?], kind: @escaping (String) -> ColumnKind?) {
        self.compiled = compiled
        self.sites = sites
        self.kind = kind
    }

    /// - Returns: nil if some part is neither, or if nothing depends on the document.
    mutating func build() -> ColumnProgram.Root? {
        guard compiled.program.functions.isEmpty, let part = part(compiled.program.body[...]), nodes <= Self.maximumNodes else {
            return nil
        }
        return switch part {
        case .decimal(let node, _): .decimal(node)
        case .long(let node, _): .long(node)
        case .condition(let node): .condition(node)
        case .constant: nil
        }
    }

    // MARK: Statements

    /// What statements give, all ways through them.
    mutating func part(_ statements: ArraySlice<Statement>) -> Part? {
        guard let statement = statements.first else { return nil }
        let rest = statements.dropFirst()
        switch statement.kind {
        case .declare(let variables):
            for variable in variables {
                guard let value = variable.value, variable.type.arrayDepth == 0, let part = part(value),
                    let converted = Self.converted(part, variable.type.base)
                else { return nil }
                locals[variable.slot] = converted
            }
            return part(rest)
        case .give(let value?): return part(value)
        case .expression(let value): return rest.isEmpty ? part(value) : nil
        case .block(let body): return part(body[...] + rest)
        case .branch(let condition, let then, let otherwise):
            guard let condition = part(condition) else { return nil }
            // What one way declares is not known on the other.
            let outer = locals
            guard let first = part(then[...] + (Self.gives(then) ? [] : rest)) else { return nil }
            locals = outer
            guard let second = part(otherwise[...] + (Self.gives(otherwise) ? [] : rest)) else { return nil }
            locals = outer
            return choice(condition, first, second)
        default: return nil
        }
    }

    /// Whether nothing after some statements is reached.
    private static func gives(_ statements: [Statement]) -> Bool {
        switch statements.last?.kind {
        case .give: true
        case .block(let body): gives(body)
        case .branch(_, let then, let otherwise): gives(then) && gives(otherwise)
        default: false
        }
    }

    /// A value as a variable of a type holds it.
    private static func converted(_ part: Part, _ type: ScriptType.Base) -> Part? {
        switch (type, part) {
        case (.anything, _), (.boolean, .condition): return part
        case (.double, .constant(let value)): return value.numericType == nil ? nil : .constant(.double(value.double))
        case (.double, _): return node(part).map { .decimal($0, mayBeInt: false) }
        case (.long, .constant(let value)):
            guard let type = value.numericType, type.rawValue <= 1 else { return nil }
            return .constant(.long(value.long))
        case (.long, .long(let node, _)): return .long(node, mayBeInt: false)
        default: return nil
        }
    }
}
