// Tryggve i Azure: bot, behållare, databas, nyckelvalv och en identitet som läser hemligheterna.
// Se azure.md. Provad med en tolk för språket, aldrig mot en riktig prenumeration.
//   az deployment group create --resource-group tryggve --parameters deploy/azure/main.bicepparam
targetScope = 'resourceGroup'

@description('Början på namnen på allt som skapas. Små bokstäver, siffror och bindestreck.')
@minLength(3)
@maxLength(16)
param name string = 'tryggve'

@description('Var data lagras och behandlas.')
param location string = 'swedencentral'

@description('Var Azure-boten behandlar data: westeurope är inom EU, global är var som helst.')
@allowed(['westeurope', 'global'])
param botLocation string = 'westeurope'

@description('Avbilden, med kontrollsumma: registry.example/tryggve@sha256:…')
param image string

@description('Registret som avbilden hämtas från med identiteten, till exempel kommun.azurecr.io. Tomt: ett öppet register.')
param registry string = ''

@description('SingleTenant: en appregistrering med hemlighet. UserAssignedMSI: identiteten nedan är boten.')
@allowed(['SingleTenant', 'UserAssignedMSI'])
param appType string = 'SingleTenant'

@description('Appregistreringens klient-id. Tomt när identiteten är boten.')
param appId string = ''

@description('Appregistreringens hemlighet. Tom när identiteten är boten.')
@secure()
param appPassword string = ''

@description('Hemlighetens sista dag, till exempel 2027-03-01.')
param secretExpires string = ''

@description('Organisationen (tenant) där boten är registrerad.')
param appTenantId string = tenant().tenantId

@description('Vilka organisationer som får använda Tryggve: tenant-id och kommun- eller länskod.')
param tenants object

@description('Adressen för människor och Teams, med https://. Tom: den som Container Apps ger.')
param publicUrl string = ''

@description('Den som driver Tryggve och ansvarar för personuppgifterna.')
param organisation string

@description('E-postadress för frågor om Tryggve och om personuppgifter.')
param contactEmail string

@description('När personer inte får utskick, i svensk tid.')
param quietHours string = '20:00-07:00'

@description('Om lördagar och söndagar också är fredade.')
param quietWeekends bool = false

@description('Från hur många mottagare antalet måste skrivas.')
param confirmFrom int = 100

@description('Från hur många mottagare en annan samordnare måste godkänna.')
param approvalFrom int = 500

@description('Var lagtexter hämtas, eller tomt.')
param lawsUrl string = ''

@description('Databasens lösenord. Bara bokstäver och siffror.')
@secure()
@minLength(16)
param databasePassword string

@description('Nyckeln för att läsa mätvärden på /metrics.')
@secure()
@minLength(16)
param metricsToken string

@description('Databasens storlek.')
param databaseSku string = 'Standard_B2s'

@description('Hur många dagar databasen går att återställa till.')
@minValue(7)
@maxValue(35)
param backupDays int = 14

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var isOwnIdentity = appType == 'UserAssignedMSI'
var botId = isOwnIdentity ? identity.properties.clientId : appId
var address = empty(publicUrl) ? 'https://${name}.${containers.properties.defaultDomain}' : publicUrl
var registries = empty(registry) ? [] : [
  {
    server: registry
    identity: identity.id
  }
]

// Boten, servrarna och arbetarna är en och samma identitet. Den läser hemligheterna i valvet.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    retentionInDays: 30
    sku: {
      name: 'PerGB2018'
    }
    workspaceCapping: {
      dailyQuotaGb: 1
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}-${take(uniqueString(resourceGroup().id), 6)}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource keptPassword 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'app-password'
  properties: {
    // Valvet tar inget tomt. Identiteten behöver ingen hemlighet och läser den här aldrig.
    value: isOwnIdentity ? 'none' : appPassword
  }
}

resource keptToken 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'metrics-token'
  properties: {
    value: metricsToken
  }
}

resource keptDatabase 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-url'
  properties: {
    value: 'postgresql://tryggve:${databasePassword}@${postgres.properties.fullyQualifiedDomainName}/tryggve?ssl=require'
  }
}

// Databasen har ingen adress på internet: bara behållarna når den.
resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.20.0.0/23']
    }
    subnets: [
      {
        name: 'containers'
        properties: {
          addressPrefix: '10.20.0.0/24'
          delegations: [
            {
              name: 'containers'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.1.0/28'
          delegations: [
            {
              name: 'database'
              properties: {
                serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers'
              }
            }
          ]
        }
      }
    ]
  }
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'
}

resource databaseZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: databaseZone
  name: 'network'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: network.id
    }
  }
}

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-db-${take(uniqueString(resourceGroup().id), 6)}'
  location: location
  sku: {
    name: databaseSku
    tier: startsWith(databaseSku, 'Standard_B') ? 'Burstable' : 'GeneralPurpose'
  }
  properties: {
    version: '17'
    administratorLogin: 'tryggve'
    administratorLoginPassword: databasePassword
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: backupDays
      geoRedundantBackup: 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: network.properties.subnets[1].id
      privateDnsZoneArmResourceId: databaseZone.id
    }
  }
  dependsOn: [databaseZoneLink]
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: postgres
  name: 'tryggve'
}

resource containers 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: {
      infrastructureSubnetId: network.properties.subnets[0].id
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

var secrets = [
  {
    name: 'app-password'
    keyVaultUrl: keptPassword.properties.secretUri
    identity: identity.id
  }
  {
    name: 'metrics-token'
    keyVaultUrl: keptToken.properties.secretUri
    identity: identity.id
  }
  {
    name: 'database-url'
    keyVaultUrl: keptDatabase.properties.secretUri
    identity: identity.id
  }
]

// Varje inställning i env.example. De som står kvar på sitt värde: TRYGGVE_TRACES_URL, TRYGGVE_CACHE_DIR, TRYGGVE_DEMO,
// TRYGGVE_SERVICE_HOSTS, TRYGGVE_OTHER_CHANNELS, TRYGGVE_DATABASE_URL_FILE, TRYGGVE_APP_PASSWORD_FILE, TRYGGVE_APP_CERTIFICATE,
// TRYGGVE_APP_CERTIFICATE_KEY, TRYGGVE_KEY_VAULT_IDENTITY, TRYGGVE_METRICS_TOKEN_FILE, TRYGGVE_CA_FILE, TRYGGVE_BACKUP_DIR,
// TRYGGVE_RETENTION_DAYS, TRYGGVE_RETENTION_DECISION.
var settings = [
  {
    name: 'TRYGGVE_HOST'
    value: '0.0.0.0'
  }
  {
    name: 'TRYGGVE_PORT'
    value: '3978'
  }
  {
    name: 'TRYGGVE_PUBLIC_URL'
    value: address
  }
  {
    name: 'TRYGGVE_DATABASE_URL'
    secretRef: 'database-url'
  }
  {
    name: 'TRYGGVE_APP_ID'
    value: botId
  }
  {
    name: 'TRYGGVE_APP_TYPE'
    value: appType
  }
  {
    name: 'TRYGGVE_APP_TENANT_ID'
    value: appTenantId
  }
  {
    name: 'TRYGGVE_SECRET_EXPIRES'
    value: secretExpires
  }
  {
    name: 'TRYGGVE_TENANTS'
    value: string(tenants)
  }
  {
    name: 'TRYGGVE_CONFIRM_FROM'
    value: string(confirmFrom)
  }
  {
    name: 'TRYGGVE_APPROVAL_FROM'
    value: string(approvalFrom)
  }
  {
    name: 'TRYGGVE_ORGANISATION'
    value: organisation
  }
  {
    name: 'TRYGGVE_CONTACT_EMAIL'
    value: contactEmail
  }
  {
    name: 'TRYGGVE_QUIET_HOURS'
    value: quietHours
  }
  {
    name: 'TRYGGVE_QUIET_WEEKENDS'
    value: string(quietWeekends)
  }
  {
    name: 'TRYGGVE_METRICS_TOKEN'
    secretRef: 'metrics-token'
  }
  {
    name: 'TRYGGVE_LAWS_URL'
    value: lawsUrl
  }
]
var passwordSetting = {
  name: 'TRYGGVE_APP_PASSWORD'
  secretRef: 'app-password'
}
var allSettings = isOwnIdentity ? settings : concat(settings, [passwordSetting])

// Uppdaterar databasen innan Tryggve startar. De som startar samtidigt väntar på varandra. Utan den
// avslutas de första servrarna direkt, och Container Apps tar utrullningen för misslyckad.
var migrate = {
  name: 'migrate'
  image: image
  command: ['tryggve', 'migrate']
  env: allSettings
  resources: {
    cpu: json('0.25')
    memory: '0.5Gi'
  }
}

// Tar emot från Teams och svarar.
resource server 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    environmentId: containers.id
    workloadProfileName: 'Consumption'
    configuration: {
      secrets: secrets
      registries: registries
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
      }
    }
    template: {
      terminationGracePeriodSeconds: 30
      initContainers: [migrate]
      containers: [
        {
          name: 'server'
          image: image
          command: ['tryggve', 'serve', '--no-sender']
          env: allSettings
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          probes: [
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              initialDelaySeconds: 10
              periodSeconds: 30
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: 3978
              }
              periodSeconds: 10
              timeoutSeconds: 5
            }
          ]
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 4
      }
    }
  }
  dependsOn: [readsSecrets, database]
}

// Skickar utskick, påminnelser och larm. Två, så att den ena tar över om den andra dör.
resource worker 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${name}-worker'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    environmentId: containers.id
    workloadProfileName: 'Consumption'
    configuration: {
      secrets: secrets
      registries: registries
    }
    template: {
      terminationGracePeriodSeconds: 30
      initContainers: [migrate]
      containers: [
        {
          name: 'worker'
          image: image
          command: ['tryggve', 'work']
          env: allSettings
          resources: {
            cpu: json('0.25')
            memory: '0.5Gi'
          }
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 2
      }
    }
  }
  dependsOn: [readsSecrets, database]
}

// Azure-boten. Sorten MultiTenant går inte att skapa sedan 31 juli 2025. Att användarna finns i
// många organisationer styrs av appregistreringen och av tenants ovan, inte av sorten.
resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: botLocation
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Tryggve'
    endpoint: '${address}/api/messages'
    msaAppType: appType
    msaAppId: botId
    msaAppTenantId: appTenantId
    msaAppMSIResourceId: isOwnIdentity ? identity.id : null
    publicNetworkAccess: 'Enabled'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: botLocation
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

output publicUrl string = address
output messagingEndpoint string = bot.properties.endpoint
output appId string = botId
output vault string = vault.name
