internal import ElasticsearchAPI
internal import Indices
internal import Inference

/// What every endpoint does: decode, call, encode. A file an area.
struct Handlers: Sendable {
    let indices: IndexRegistry
    let models: InferenceService
    let version: VersionInfo
    /// The nodes that `_reindex` may read from.
    let remoteHosts: RemoteHosts

    /// Complete by construction: a new endpoint does not compile without its handler.
    func handler(for endpoint: Endpoint) -> APIResponder.Handler {
        switch endpoint {
        case .info: info
        case .ping: ping
        case .indicesCreate: createIndex
        case .indicesDelete: deleteIndex
        case .indicesExists: indexExists
        case .indicesGet: getIndex
        case .indicesGetDataStream: getDataStreams
        case .indicesGetMapping: getMapping
        case .indicesPutMapping: putMapping
        case .indicesRefresh: refresh
        case .indicesFlush: flush
        case .indicesForcemerge: forceMerge
        case .indicesStats: statistics
        case .index: indexDocument
        case .create: createDocument
        case .get: getDocument
        case .exists: documentExists
        case .getSource: getSource
        case .existsSource: sourceExists
        case .delete: deleteDocument
        case .update: updateDocument
        case .bulk: bulk
        case .mget: multiGet
        case .search: search
        case .msearch: multiSearch
        case .count: count
        case .scroll: scroll
        case .clearScroll: clearScroll
        case .openPointInTime: openPointInTime
        case .closePointInTime: closePointInTime
        case .deleteByQuery: deleteByQuery
        case .updateByQuery: updateByQuery
        case .reindex: reindex
        case .deleteByQueryRethrottle, .updateByQueryRethrottle, .reindexRethrottle: rethrottle
        case .tasksGet: getTask
        case .tasksList: listTasks
        case .tasksCancel: cancelTasks
        case .clusterHealth: clusterHealth
        case .catIndices: catIndices
        case .mlGetTrainedModels: getModels
        case .mlGetTrainedModelsStats: getModelStatistics
        case .mlInferTrainedModel: infer
        case .mlInferTrainedModelDeployment: inferDeployment
        case .mlStartTrainedModelDeployment: startDeployment
        case .mlStopTrainedModelDeployment: stopDeployment
        case .mlUpdateTrainedModelDeployment: updateDeployment
        case .mlClearTrainedModelDeploymentCache: clearDeploymentCache
        case .mlPutTrainedModel: putModel
        case .mlPutTrainedModelDefinitionPart: putModelDefinitionPart
        case .mlPutTrainedModelVocabulary: putModelVocabulary
        case .mlDeleteTrainedModel: deleteModel
        case .mlPutTrainedModelAlias: putModelAlias
        case .mlDeleteTrainedModelAlias: deleteModelAlias
        }
    }
}
