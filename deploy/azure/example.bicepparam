// Kopiera till main.bicepparam och fyll i. Hemligheterna läses ur miljön och står aldrig i filen:
//   export TRYGGVE_APP_PASSWORD=… DATABASE_PASSWORD=… TRYGGVE_METRICS_TOKEN=…
using './main.bicep'

param image = 'kommun.azurecr.io/tryggve@sha256:0000000000000000000000000000000000000000000000000000000000000000'
param registry = 'kommun.azurecr.io'
param appType = 'SingleTenant'
param appId = '00000000-0000-0000-0000-000000000000'
param appPassword = readEnvironmentVariable('TRYGGVE_APP_PASSWORD')
param secretExpires = '2027-03-01'
param databasePassword = readEnvironmentVariable('DATABASE_PASSWORD')
param metricsToken = readEnvironmentVariable('TRYGGVE_METRICS_TOKEN')
param organisation = 'Exempelkommun'
param contactEmail = 'tryggve@exempelkommun.example'
param tenants = {
  '11111111-1111-1111-1111-111111111111': '1480'
  '22222222-2222-2222-2222-222222222222': '14'
}
