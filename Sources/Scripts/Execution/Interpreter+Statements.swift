extension Interpreter {
    func execute(_ statements: [Statement]) throws(ScriptFault) -> Flow {
        for statement in statements {
            let flow = try execute(statement)
            if case .next = flow { continue }
            return flow
        }
        return .next
    }

    func execute(_ statement: Statement) throws(ScriptFault) -> Flow {
        try budget.charge(1)
        note(statement.range)
        switch statement.kind {
        case .expression(let expression):
            _ = try evaluate(expression)
            return .next
        case .declare(let variables):
            for variable in variables {
                if let value = variable.value {
                    set(variable.slot, try evaluate(value).converted(to: variable.type))
                } else {
                    set(variable.slot, .initial(of: variable.type))
                }
            }
            return .next
        case .block(let body): return try deeper { () throws(ScriptFault) in try execute(body) }
        case .branch(let condition, let then, let otherwise):
            let isTrue = try self.isTrue(condition)
            return try deeper { () throws(ScriptFault) in try execute(isTrue ? then : otherwise) }
        case .loop(let loop): return try deeper { () throws(ScriptFault) in try execute(loop) }
        case .forEach(let slot, let type, let values, let body):
            return try deeper { () throws(ScriptFault) in try forEach(slot, type, try evaluate(values), body) }
        case .give(let value): return .give(try value.map { (value) throws(ScriptFault) in try evaluate(value) } ?? .null)
        case .leave: return .leave
        case .proceed: return .proceed
        case .raise(let value):
            guard case .object(let object) = try evaluate(value), let exception = object as? ExceptionObject else {
                throw .unusableValue("throw")
            }
            throw exception.fault
        case .attempt(let body, let catches): return try deeper { () throws(ScriptFault) in try attempt(body, catches) }
        }
    }

    func isTrue(_ condition: Expression) throws(ScriptFault) -> Bool {
        let value = try evaluate(condition)
        guard case .bool(let isTrue) = value else {
            if value.isNull { throw .nullReference(nil) }
            throw .cannotCast(from: value.typeName, to: "boolean")
        }
        return isTrue
    }

    private func execute(_ loop: Statement.Loop) throws(ScriptFault) -> Flow {
        if case .give(let value) = try execute(loop.start) { return .give(value) }
        var iterations = 0, isFirst = loop.isBodyFirst
        while true {
            if let condition = loop.condition, !isFirst, !(try isTrue(condition)) { return .next }
            isFirst = false
            iterations += 1
            guard iterations <= Budget.maximumIterations else { throw .tooMuchWork }
            try budget.charge(1)
            switch try execute(loop.body) {
            case .leave: return .next
            case .give(let value): return .give(value)
            case .next, .proceed: break
            }
            for step in loop.step { _ = try evaluate(step) }
        }
    }

    private func forEach(
        _ slot: Int, _ type: ScriptType, _ values: ScriptValue, _ body: [Statement]
    ) throws(ScriptFault) -> Flow {
        let elements: [ScriptValue]
        switch values {
        case .list(let list): elements = list.elements
        case .null: throw .nullReference("iterator")
        case .object(let object):
            guard let found = try object.elements(self) else { fallthrough }
            elements = found
        default: throw .cannotCast(from: values.typeName, to: "java.lang.Iterable")
        }
        for (number, element) in elements.enumerated() {
            guard number < Budget.maximumIterations else { throw .tooMuchWork }
            try budget.charge(1)
            set(slot, try element.converted(to: type))
            let flow = try execute(body)
            if case .give = flow { return flow }
            if case .leave = flow { return .next }
            // As Java's iterators notice.
            if case .list(let list) = values, list.elements.count != elements.count, number + 1 < elements.count {
                throw .concurrentModification
            }
        }
        return .next
    }

    private func attempt(_ body: [Statement], _ catches: [Statement.Catch]) throws(ScriptFault) -> Flow {
        do throws(ScriptFault) {
            return try execute(body)
        } catch {
            // What limits a script cannot be caught by it.
            guard let exception = ExceptionObject(error),
                let handler = catches.first(where: { exception.isKind(of: $0.type) })
            else { throw error }
            set(handler.slot, .object(exception))
            return try execute(handler.body)
        }
    }
}
