internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import Ingest

/// What every endpoint does: decode, call, encode. A file an area.
struct Handlers: Sendable {
    let indices: IndexRegistry
    let models: InferenceService
    let version: VersionInfo
    /// Where the node listens.
    let host: String
    let port: Int
    /// The nodes that `_reindex` may read from.
    let remoteHosts: RemoteHosts
    let pipelines: PipelineRegistry
    /// Where whole pictures may be read from.
    let pictureRoots: PictureRoots
    let sqlCursors = SQLCursors()
    let sqlAnswers = AsyncSearches<SQLAnswer>(maximumWeight: SQLCursors.maximumValues) { $0.rows.reduce(1) { $0 + $1.count } }

    init(
        indices: IndexRegistry, models: InferenceService, version: VersionInfo, host: String, port: Int, remoteHosts: RemoteHosts,
        pictureRoots: PictureRoots = PictureRoots(), pictureFetcher: PictureFetcher = PictureFetcher()
    ) {
        self.indices = indices
        self.models = models
        self.version = version
        self.host = host
        self.port = port
        self.remoteHosts = remoteHosts
        self.pictureRoots = pictureRoots
        pipelines = PipelineRegistry(indices, models, PictureLoader(roots: pictureRoots, fetcher: pictureFetcher))
    }

    /// Complete by construction: a new endpoint does not compile without its handler.
    func handler(for endpoint: Endpoint) -> APIResponder.Handler {
        switch endpoint {
        case .info: info
        case .ping: ping
        case .clipsearchApp: pageFile
        case .clipsearchClassify: classify
        case .clipsearchDuplicates: duplicates
        case .clipsearchGetImage: getImage
        case .clipsearchGetThumbnail: getThumbnail
        case .clipsearchIndexImage: indexImage
        case .clipsearchPutThumbnail: putThumbnail
        case .clipsearchPutThumbnails: putThumbnails
        case .clipsearchSearchImage: searchByImage
        case .putScript: putScript
        case .getScript: getScript
        case .deleteScript: deleteScript
        case .scriptsPainlessExecute: executeScript
        case .ingestPutPipeline: putPipeline
        case .ingestGetPipeline: getPipeline
        case .ingestDeletePipeline: deletePipeline
        case .ingestSimulate: simulatePipeline
        case .ingestProcessorGrok: grokPatterns
        case .indicesAnalyze: analyze
        case .indicesCreate: createIndex
        case .indicesClone: cloneIndex
        case .indicesShrink: shrinkIndex
        case .indicesSplit: splitIndex
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
        case .explain: explain
        case .termvectors: termVectors
        case .mtermvectors: multiTermVectors
        case .msearch: multiSearch
        case .asyncSearchSubmit: submitAsyncSearch
        case .asyncSearchGet: getAsyncSearch
        case .asyncSearchStatus: asyncSearchStatus
        case .asyncSearchDelete: deleteAsyncSearch
        case .searchTemplate: searchTemplate
        case .renderSearchTemplate: renderSearchTemplate
        case .msearchTemplate: multiSearchTemplate
        case .count: count
        case .knnSearch: nearestSearch
        case .termsEnum: enumerateTerms
        case .rankEval: evaluateRanking
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
        case .catAliases: catAliases
        case .catAllocation: catAllocation
        case .catComponentTemplates: catComponentTemplates
        case .catCount: catCount
        case .catHealth: catHealth
        case .catHelp: catHelp
        case .catMLTrainedModels: catTrainedModels
        case .catMaster: catMaster
        case .catNodeattrs: catNodeAttributes
        case .catNodes: catNodes
        case .catPendingTasks: catPendingTasks
        case .catPlugins: catPlugins
        case .catRecovery: catRecovery
        case .catRepositories: catRepositories
        case .catSegments: catSegments
        case .catShards: catShards
        case .catTemplates: catTemplates
        case .catThreadPool: catThreadPool
        case .clusterAllocationExplain: explainAllocation
        case .clusterDeleteComponentTemplate: deleteComponentTemplate
        case .clusterExistsComponentTemplate: componentTemplateExists
        case .clusterGetComponentTemplate: getComponentTemplate
        case .clusterGetSettings: getClusterSettings
        case .clusterPendingTasks: pendingTasks
        case .clusterPutComponentTemplate: putComponentTemplate
        case .clusterPutSettings: putClusterSettings
        case .clusterRemoteInfo: remoteInfo
        case .clusterState: clusterState
        case .clusterStats: clusterStatistics
        case .fieldCaps: fieldCapabilities
        case .indicesAddBlock: addBlock
        case .indicesRemoveBlock: removeBlock
        case .indicesClearCache: clearCache
        case .indicesClose: closeIndex
        case .indicesOpen: openIndex
        case .indicesDeleteAlias: deleteAlias
        case .indicesDeleteIndexTemplate: deleteIndexTemplate
        case .indicesDeleteTemplate: deleteTemplate
        case .indicesExistsAlias: aliasExists
        case .indicesExistsIndexTemplate: indexTemplateExists
        case .indicesExistsTemplate: templateExists
        case .indicesGetAlias: getAlias
        case .indicesGetFieldMapping: getFieldMapping
        case .indicesGetIndexTemplate: getIndexTemplate
        case .indicesGetSettings: getSettings
        case .indicesGetTemplate: getTemplate
        case .indicesPutAlias: putAlias
        case .indicesPutIndexTemplate: putIndexTemplate
        case .indicesPutSettings: putSettings
        case .indicesPutTemplate: putTemplate
        case .indicesRecovery: recovery
        case .indicesResolveIndex: resolveIndex
        case .indicesRollover: rollover
        case .indicesSegments: segments
        case .indicesShardStores: shardStores
        case .indicesSimulateIndexTemplate: simulateIndexTemplate
        case .indicesSimulateTemplate: simulateTemplate
        case .indicesUpdateAliases: updateAliases
        case .indicesValidateQuery: validateQuery
        case .licenseGet: license
        case .nodesHotThreads: hotThreads
        case .nodesInfo: nodesInfo
        case .nodesStats: nodesStatistics
        case .nodesUsage: nodesUsage
        case .searchShards: searchShards
        case .xpackInfo: xpackInfo
        case .xpackUsage: xpackUsage
        case .catCircuitBreaker: catCircuitBreaker
        case .catFielddata, .catMLDataFrameAnalytics, .catMLDatafeeds, .catMLJobs, .catSnapshots, .catTransforms:
            catNothing
        case .catTasks: catTasks
        case .clusterInfo: clusterInfo
        case .clusterReroute: reroute
        case .danglingIndicesListDanglingIndices: danglingIndices
        case .getScriptContext: scriptContexts
        case .getScriptLanguages: scriptLanguages
        case .healthReport: healthReport
        case .ilmExplainLifecycle: explainLifecycle
        case .indicesExplainDataLifecycle: explainDataLifecycle
        case .indicesResolveCluster: resolveCluster
        case .licensePostStartBasic, .licensePostStartTrial: startLicense
        case .clusterDeleteVotingConfigExclusions: removeVotingExclusions
        case .clusterPostVotingConfigExclusions: addVotingExclusions
        case .indicesCreateDataStream: createDataStream
        case .indicesDeleteDataStream: deleteDataStream
        case .indicesReloadSearchAnalyzers: reloadSearchAnalyzers
        case .inferenceDelete: deleteInferenceEndpoint
        case .inferenceGet: getInferenceEndpoints
        case .inferenceInference: runInference
        case .inferencePut: putInferenceEndpoint
        case .inferenceServices: getInferenceServices
        case .inferenceUpdate: updateInferenceEndpoint
        case .mlInfo: machineLearningInfo
        case .sqlQuery: runSQL
        case .sqlTranslate: translateSQL
        case .sqlClearCursor: closeSQLCursor
        case .sqlGetAsync: getSQLAnswer
        case .sqlGetAsyncStatus: sqlAnswerStatus
        case .sqlDeleteAsync: deleteSQLAnswer
        case .securityAuthenticate: authenticate
        case .snapshotGetRepository, .snapshotGet, .snapshotStatus, .ilmGetLifecycle, .ilmGetStatus, .slmGetLifecycle, .slmGetStatus,
            .logstashGetPipeline, .enrichGetPolicy, .featuresGetFeatures, .licenseGetBasicStatus, .licenseGetTrialStatus,
            .connectorList, .queryRulesListRulesets, .searchApplicationList, .synonymsGetSynonymsSets, .transformGetTransform,
            .transformGetTransformStats, .mlGetJobs, .mlGetJobStats, .mlGetDatafeeds, .mlGetDatafeedStats, .mlGetDataFrameAnalytics,
            .mlGetDataFrameAnalyticsStats, .mlGetCalendars, .mlGetFilters, .migrationDeprecations, .rollupGetJobs,
            .ingestGetGeoipDatabase, .ingestGetIpLocationDatabase, .ingestGeoIpStats, .migrationGetFeatureUpgradeStatus,
            .shutdownGetNode, .sslCertificates, .slmGetStats, .indicesGetDataLifecycleStats:
            absent
        case .indicesDataStreamsStats: dataStreamStatistics
        case .indicesGetDataLifecycle, .indicesGetDataStreamOptions, .indicesGetDataStreamMappings, .indicesGetDataStreamSettings:
            dataStreamParts
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
